import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { seedRecipient } from '../../src/keys/age.ts'
import { findSecret } from '../../src/keys/keyring.ts'
import { wrapSecret } from '../../src/keys/principal.ts'
import type { DeviceId, PrincipalId } from '../../src/protocol/ids.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { keyringOf } from '../harness/family.ts'
import { playTwice, steps } from './history.ts'
import { demandMatrix } from './matrix.ts'
import { admitSomebody, endSomebody } from './moves.ts'
import { demandMatrices } from './random.ts'
import { send } from './sending.ts'
import { beginWorld, deviceOf, people, senders, type World } from './world.ts'

const SEED = 20_261_122

test('in random histories everybody opens exactly what the design says', async () => {
  const { opened, cells } = await demandMatrices({ histories: 12, length: 10, messages: 14 }, SEED)
  assert.ok(opened > cells / 10 && opened < (cells * 9) / 10, `${opened} of ${cells}`)
})

test('in one long history of 200 messages too, and nothing the server sees is a key', async () => {
  const [choices = []] = fc.sample(steps(45), { numRuns: 1, seed: SEED })
  const { world } = await playTwice(choices, 200)
  const { messages } = await demandMatrix(world)
  assert.equal(messages, 200)
  await demandNoKeyInTheLog(world)
})

/** Every 32 bytes inside the links, tried as the seed of a principal. */
async function demandNoKeyInTheLog({ family }: World): Promise<void> {
  const recipients = new Set(
    [...family.household.principals.values()].flatMap(({ epochs }) => epochs.map(({ rec }) => rec)),
  )
  const seen = family.links.flatMap((link) => bytesIn(readLink(link).body))
  const seeds = seen.filter(({ length }) => length === 32)
  assert.ok(seeds.length > 50)
  for (const seed of seeds) assert.ok(!recipients.has(await seedRecipient(seed)))
}

function bytesIn(value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  return typeof value === 'object' && value ? Object.values(value).flatMap(bytesIn) : []
}

test('control: a relative who is given one wrap too many is found', async () => {
  const world = await beginWorld()
  await admitSomebody(world, { op: 0, by: 0, about: 0 })
  await speak(world)
  await demandMatrix(world)
  const [aunt] = senders(world, 'relative')
  await plant(world, world.ledger.household, aunt)
  await assert.rejects(demandMatrix(world), /today opens other messages than the design says/)
})

test('control: a rotation that does not forget a guardian who left is found', async () => {
  const world = await beginWorld()
  await admitSomebody(world, { op: 0, by: 0, about: 1 })
  const [, dad] = senders(world, 'guardian')
  await speak(world)
  await endSomebody(world, { op: 0, by: 0, about: people(world, 'guardian').length - 1 })
  await speak(world)
  await demandMatrix(world)
  await plant(world, world.ledger.household, dad)
  await assert.rejects(demandMatrix(world), /after its end opens other messages/)
})

async function speak(world: World): Promise<void> {
  for (let about = 0; about < 4; about += 1) await send(world, { op: 1, by: 0, about })
}

/** Seals a principal's newest secret to somebody whom no link names. */
async function plant(world: World, of: PrincipalId, to: DeviceId | undefined): Promise<void> {
  const [guardian] = senders(world, 'guardian')
  assert.ok(guardian && to)
  const keyring = await keyringOf(world.family, deviceOf(world, guardian))
  const secret = findSecret(keyring, of, world.ledger.newest.get(of) ?? 0)
  assert.ok(secret)
  world.planted.push((await wrapSecret(secret, deviceOf(world, to))).bytes)
}
