import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeats } from './seats.ts'

test('a device with too many streams loses its oldest, and nobody else does', () => {
  const seats = createSeats({ all: 10, account: 4, device: 2 })
  const other = seats.take({ account: 'a', device: 'other' })
  const mine = [1, 2, 3].map(() => seats.take({ account: 'a', device: 'mine' }))
  assert.deepEqual(
    [other, ...mine].map(({ signal }) => signal.aborted),
    [false, true, false, false],
  )
})

test('an account with too many streams loses its oldest', () => {
  const seats = createSeats({ all: 10, account: 2, device: 2 })
  const taken = ['x', 'y', 'z'].map((device) => seats.take({ account: 'a', device }))
  assert.deepEqual(
    taken.map(({ signal }) => signal.aborted),
    [true, false, false],
  )
})

test('there are so many seats, and one that is given back is free again', () => {
  const seats = createSeats({ all: 2, account: 9, device: 9 })
  const [first] = ['a', 'b'].map((account) => seats.take({ account, device: account }))
  assert.throws(() => seats.demandFree(), { code: 'busy' })
  first?.[Symbol.dispose]()
  seats.demandFree()
})
