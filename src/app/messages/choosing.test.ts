import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../client/messages.ts'
import { childId, messageId, principalId } from '../../protocol/ids.ts'
import { chunksOf, CHUNK, countsOf, isNamed, isOn, monthsOf, passes, tabOf } from './choosing.ts'

const id = (n: number) => new Uint8Array(16).fill(n)
const MIA = childId.from(id(1))
const TOM = childId.from(id(2))
const [us, mum, grandma, aunt] = [3, 4, 5, 6].map((n) => principalId.from(id(n))) as [
  ReturnType<typeof principalId.from>,
  ReturnType<typeof principalId.from>,
  ReturnType<typeof principalId.from>,
  ReturnType<typeof principalId.from>,
]
const ME = [mum, us]
let count = 0

function said(what: Partial<Message>): Message {
  count += 1
  return {
    message: messageId.from(id(count % 256)),
    kind: 'voice',
    from: { person: grandma, name: 'Grandma', me: false },
    to: [{ child: MIA, name: 'Mia' }],
    at: 0,
    durationMs: 1000,
    state: 'delivered',
    heard: true,
    saved: false,
    ...what,
  }
}

const fromMe = { person: mum, name: 'Mama', me: true }
const asMia = { ...fromMe, child: { child: MIA, name: 'Mia' } }

/** What is said, and on which tabs it stands. */
const TABS = [
  ['a relative to a child', said({}), [MIA]],
  ['a relative to two children', said({ to: [child(MIA), child(TOM)] }), [MIA, TOM]],
  ['me to a child', said({ from: fromMe }), ['mine', MIA]],
  ['a child, recorded by me, to a relative', said({ from: asMia, to: [whom(grandma)] }), [MIA]],
  ['a relative to the parents', said({ to: [whom(us)] }), ['mine']],
  ['a child to the parents', said({ from: asMia, to: [whom(us)] }), ['mine', MIA]],
  ['people among themselves', said({ to: [whom(aunt)] }), ['mine']],
  ['a relative to me and a child', said({ to: [whom(mum), child(TOM)] }), ['mine', TOM]],
] as const

function child(of: typeof MIA) {
  return { child: of, name: '' }
}

function whom(person: typeof mum) {
  return { person, name: '' }
}

for (const [what, message, tabs] of TABS) {
  test(`${what} stands on ${tabs.length} of the tabs, and is found on one of them`, () => {
    const all = ['mine', MIA, TOM] as const
    assert.deepEqual(
      all.filter((tab) => isOn(tab, message, ME)),
      tabs,
    )
    assert.ok(tabs.some((tab) => tab === tabOf(message, ME)))
  })
}

test('filters count what they let through', () => {
  const all = [
    said({ state: 'waiting', heard: false }),
    said({ state: 'approved', saved: true }),
    said({ state: 'in-the-bear' }),
    said({ state: 'played' }),
    said({ state: 'rejected' }),
  ]
  const counts = { all: 5, new: 1, waiting: 1, approved: 1, 'in-the-bear': 1, played: 1, saved: 1 }
  assert.deepEqual(countsOf(all), counts)
  assert.equal(all.filter((one) => passes('saved', one)).length, 1)
})

test('a name is found however it is written, on either side; nothing typed finds all', () => {
  const message = said({ from: asMia, to: [{ person: grandma, name: 'Grandma Rose' }] })
  for (const typed of ['', 'mia', ' ROSE ', 'grandma r']) assert.ok(isNamed(message, typed))
  // The child's own voice is not that of who held the phone.
  for (const typed of ['mama', 'Tom']) assert.ok(!isNamed(message, typed))
})

test('months keep the order; chunks lose nothing', () => {
  const at = (month: number, day: number) => said({ at: new Date(2026, month, day, 12).getTime() })
  const all = [at(10, 2), at(10, 1), at(9, 31), at(0, 1)]
  assert.deepEqual(
    monthsOf(all).map(({ key, messages }) => [key, messages.length]),
    [
      ['2026-11', 2],
      ['2026-10', 1],
      ['2026-01', 1],
    ],
  )
  const many = Array.from({ length: CHUNK * 2 + 1 }, () => said({}))
  assert.deepEqual(chunksOf(many).flat(), many)
  assert.deepEqual(chunksOf([]), [])
})
