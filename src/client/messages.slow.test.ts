import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit, foundFamily, NOW, type Family, type Party } from '../../test/harness/family.ts'
import { childOf } from '../../test/harness/letters.ts'
import { memoryStore, newStorageKey } from '../../test/harness/memory-store.ts'
import { randomBytes } from '../keys/device.ts'
import { PawpostError } from '../protocol/errors.ts'
import { messageId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import type { Body } from '../protocol/message/kinds.ts'
import { oneAtATime, type Client } from './client.ts'
import { familyWrites } from './family.ts'
import { messages } from './messages.ts'
import type { MessageState } from './rulings.ts'
import { encryptedStore } from './store.ts'

// Where a message stands, out of what is kept of it. Whoever wrote it: only some are believed.

type Event = Body<'receipt'>['event'] | 'forward'
type Who = 'mum' | 'dad' | 'grandma' | 'toy'
type Cast = { readonly family: Family } & Readonly<Record<Who, Party>>

async function cast(): Promise<Cast> {
  const { family, guardian: mum } = await foundFamily()
  const grandma = await admit(family, mum, 'relative')
  const toy = await admit(family, mum, 'toy')
  const dad = await admit(family, mum, 'guardian')
  return { family, mum, dad, grandma, toy }
}

const everybody = await cast()

function newMessageId(): MessageId {
  return messageId.from(randomBytes(16))
}

/** Mum's client, who keeps a voice and what was said of it, a second apart. */
async function clientWith(
  from: Who,
  whom: 'child' | PrincipalId,
  said: readonly (readonly [by: Who, event: Event])[],
): Promise<Client> {
  const { family, mum } = everybody
  const store = encryptedStore(memoryStore(), await newStorageKey())
  const client: Client = {
    origin: 'http://localhost',
    api: {
      call: () => Promise.reject(new PawpostError('offline')),
      stream: () => Promise.reject(new PawpostError('offline')),
    },
    store,
    keeper: { device: async () => mum.device },
    now: () => NOW,
    exclusively: oneAtATime(),
    changed: () => undefined,
  }
  const parts = { links: family.links, secrets: [] }
  await store.write(familyWrites(family.household.id, mum.person, parts))
  const of = newMessageId()
  const meant = [whom === 'child' ? childOf(family.household) : whom]
  const keep = (by: Who, at: number, value: object) => {
    const { person, device } = everybody[by]
    const { mid = newMessageId() } = value as { mid?: MessageId }
    const to = [{ pid: family.household.principal, epoch: 1 }]
    const entry = { mid, by: device.id, person, at, to, ...value }
    return { key: `message/${String(at).padStart(12, '0')}/${mid}`, value: entry }
  }
  await store.write([
    keep(from, NOW, { mid: of, kind: 'voice', author: 'sender', for: meant, durationMs: 1000 }),
    ...said.map(([by, event], index) =>
      keep(
        by,
        NOW + 1000 * (index + 1),
        event === 'forward'
          ? { kind: 'forward', of, why: 'approve' }
          : { kind: 'receipt', of, event },
      ),
    ),
  ])
  return client
}

type Row = readonly [
  expected: MessageState,
  from: Who,
  ...said: readonly (readonly [by: Who, event: Event])[],
]

const FOR_THE_CHILD: readonly Row[] = [
  ['waiting', 'grandma'],
  ['approved', 'mum'],
  ['approved', 'grandma', ['mum', 'forward']],
  ['approved', 'grandma', ['mum', 'approved']],
  ['approved', 'grandma', ['dad', 'forward'], ['dad', 'approved']],
  ['rejected', 'grandma', ['mum', 'rejected']],
  ['rejected', 'mum', ['dad', 'rejected']],
  ['in-the-bear', 'grandma', ['mum', 'forward'], ['mum', 'in-the-bear']],
  ['in-the-bear', 'grandma', ['mum', 'in-the-bear'], ['mum', 'forward']],
  ['played', 'grandma', ['mum', 'forward'], ['mum', 'in-the-bear'], ['mum', 'played']],
  ['played', 'grandma', ['toy', 'played'], ['mum', 'in-the-bear']],
  ['in-the-bear', 'grandma', ['mum', 'forward'], ['toy', 'in-the-bear']],
  // A later verdict counts; what had happened before stays.
  ['rejected', 'grandma', ['mum', 'forward'], ['dad', 'rejected']],
  ['approved', 'grandma', ['mum', 'rejected'], ['dad', 'forward']],
  ['rejected', 'grandma', ['mum', 'in-the-bear'], ['mum', 'rejected']],
  ['in-the-bear', 'grandma', ['mum', 'in-the-bear'], ['mum', 'rejected'], ['mum', 'forward']],
  // A relative cannot say what a guardian says, not even of a message of their own.
  ['waiting', 'grandma', ['grandma', 'approved']],
  ['waiting', 'grandma', ['grandma', 'forward']],
  ['waiting', 'grandma', ['grandma', 'in-the-bear']],
  ['waiting', 'grandma', ['grandma', 'played']],
  ['approved', 'grandma', ['mum', 'forward'], ['grandma', 'rejected']],
  ['rejected', 'grandma', ['mum', 'rejected'], ['grandma', 'approved']],
  ['approved', 'mum', ['grandma', 'rejected']],
]

test('where a message for the child stands: guardians and toys are believed, relatives are not', async () => {
  for (const [expected, from, ...said] of FOR_THE_CHILD) {
    const client = await clientWith(from, 'child', said)
    const [message] = await messages(client)
    const story = [from, ...said.map((one) => one.join(' '))].join(', ')
    assert.equal(message?.state, expected, story)
  }
})

test('a message between people is delivered, and then perhaps heard', async () => {
  const { grandma } = everybody
  const stateOf = async (...said: readonly (readonly [Who, Event])[]) =>
    (await messages(await clientWith('mum', grandma.person, said)))[0]?.state
  assert.equal(await stateOf(), 'delivered')
  assert.equal(await stateOf(['mum', 'rejected']), 'delivered')
  assert.equal(await stateOf(['mum', 'played']), 'played')
})

test('what is said of another message changes nothing', async () => {
  const client = await clientWith('grandma', 'child', [])
  const at = NOW + 5000
  const receipt = {
    mid: newMessageId(),
    by: everybody.mum.device.id,
    person: everybody.mum.person,
    at,
    to: [{ pid: everybody.family.household.principal, epoch: 1 }],
    kind: 'receipt',
    of: newMessageId(),
    event: 'rejected',
  }
  await client.store.write([{ key: `message/${at}/${receipt.mid}`, value: receipt }])
  assert.deepEqual(
    (await messages(client)).map(({ state }) => state),
    ['waiting'],
  )
})
