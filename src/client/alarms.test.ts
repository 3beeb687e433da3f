import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError } from '../protocol/errors.ts'
import { startClient, newInstallation, type Installation } from '../../test/harness/member.ts'
import { TOLD } from './api.ts'
import { OWN_WISH } from './append.ts'
import { noteAlarm, noteLooked, refused, unseenRefusals } from './alarms.ts'
import type { Client } from './client.ts'
import { noteRollBack } from './heal/roll-backs.ts'

async function clientAt(clock: { now: number }): Promise<[Client, Installation]> {
  const installation = await newInstallation('https://pawpost.example')
  return [startClient(installation, { now: () => clock.now }), installation]
}

function failing(client: Client, error: Error): Promise<unknown> {
  return client.exclusively(() => Promise.reject(error)).catch((cause: unknown) => cause)
}

test('what a task refuses is noted before it is told, once a kind, and outlives the app', async () => {
  const clock = { now: 1000 }
  const [client, installation] = await clientAt(clock)
  const fork = new PawpostError('tampered', 'fork')
  assert.equal(await failing(client, fork), fork)
  clock.now = 2000
  await failing(client, fork)
  await failing(client, new PawpostError('log-refused', 'signer-unknown'))
  const [latest, first] = await refused(startClient(installation))
  const expected = { code: 'tampered', reason: 'fork', first: 1000, last: 2000, times: 2 }
  assert.deepEqual(
    [latest, first].find((one) => one?.code === 'tampered'),
    expected,
  )
  assert.deepEqual([latest, first].find((one) => one?.code === 'log-refused')?.times, 1)
})

test('a network that fails, a wrong code, a bug, and what a server refused are no alarms', async () => {
  const [client] = await clientAt({ now: 1 })
  const told = new PawpostError('log-refused', 'time-off', { cause: TOLD })
  const own = new PawpostError('log-refused', 'last-guardian', { cause: OWN_WISH })
  const plain = [new PawpostError('offline'), new PawpostError('code-wrong'), new Error()]
  const common = [...plain, told, own]
  for (const error of common) {
    await failing(client, error)
  }
  assert.deepEqual(await refused(client), [])
})

test('words that are no reason are not kept, and no list grows without end', async () => {
  const [client] = await clientAt({ now: 1 })
  await noteAlarm(client, new PawpostError('tampered', '<b>Call this number</b>'))
  assert.deepEqual(
    (await refused(client)).map(({ reason }) => reason),
    [undefined],
  )
  for (let kind = 0; kind < 110; kind += 1) {
    await noteAlarm(client, new PawpostError('tampered', `kind-${kind}`))
  }
  assert.equal((await refused(client)).length, 100)
})

test('a kind is news until somebody looks, and no news when it comes again', async () => {
  const clock = { now: 1 }
  const [client] = await clientAt(clock)
  await noteAlarm(client, new PawpostError('tampered', 'fork'))
  assert.equal(await unseenRefusals(client), 1)
  clock.now = 2
  await noteLooked(client)
  clock.now = 3
  await noteAlarm(client, new PawpostError('tampered', 'fork'))
  assert.equal(await unseenRefusals(client), 0)
  await noteAlarm(client, new PawpostError('tampered', 'roll-back'))
  assert.equal(await unseenRefusals(client), 1)
})

test('a server that went back in time is listed with what it lacked', async () => {
  const clock = { now: 7 }
  const [client] = await clientAt(clock)
  await noteRollBack(client, { of: 'log', known: 9, shown: 4 })
  const fewer = { known: 9, shown: 4 }
  const when = { first: 7, last: 7, times: 1 }
  assert.deepEqual(await refused(client), [
    { code: 'tampered', reason: 'roll-back', ...when, fewer },
  ])
  assert.equal(await unseenRefusals(client), 1)
})

test('roll-backs are answered a few times a day, and no list of them grows without end', async () => {
  const clock = { now: 0 }
  const [client] = await clientAt(clock)
  const again = { of: 'log', known: 9, shown: 4 } as const
  for (let day = 0; day < 15; day += 1) {
    clock.now += 86_400_000
    for (let time = 0; time < 8; time += 1, clock.now += 1) await noteRollBack(client, again)
    await assert.rejects(noteRollBack(client, again), { code: 'tampered', reason: 'roll-back' })
  }
  assert.equal((await refused(client)).length, 100)
})
