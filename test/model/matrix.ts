import assert from 'node:assert/strict'
import { toHex } from '../../src/protocol/bytes.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type { Device } from '../../src/keys/device.ts'
import { purseOf, type Key } from './ledger.ts'
import { openingsOf, type Openings } from './opening.ts'
import { deviceOf, newPhone, type World } from './world.ts'

/** Somebody who tries to open everything: with a device's keys, on the wraps that they come by. */
type Reader = {
  readonly who: string
  readonly device: Device
  readonly wraps: readonly Uint8Array[]
  /** What the design says they hold. */
  readonly keys: ReadonlySet<Key>
}

/** How much a matrix compared. */
export type Counts = {
  readonly readers: number
  readonly messages: number
  readonly cells: number
  readonly opened: number
  readonly decryptions: number
}

/**
 * Lets everybody try to open every message of a history, by real decryption only, and demands that
 * each opens exactly what the ledger says, no message more and none less.
 */
export async function demandMatrix(world: World): Promise<Counts> {
  const openings = openingsOf(world)
  const readers = await readersOf(world)
  let opened = 0
  for (const reader of readers) {
    const open = await openedBy(openings, reader)
    const expected = world.sent.flatMap(({ keys }, at) =>
      keys.some((key) => reader.keys.has(key)) ? [at] : [],
    )
    assert.deepEqual(open, expected, `${reader.who} opens other messages than the design says`)
    opened += open.length
  }
  const messages = world.sent.length
  const cells = readers.length * messages
  return { readers: readers.length, messages, cells, opened, decryptions: openings.tried() }
}

async function openedBy(openings: Openings, { device, wraps }: Reader): Promise<number[]> {
  const opened = new Set<number>()
  for (const wrap of wraps) {
    const secret = await openings.secretIn(device, wrap)
    if (secret === undefined) continue
    for (const message of await openings.messagesOf(secret)) opened.add(message)
  }
  return [...opened].sort((a, b) => a - b)
}

async function readersOf(world: World): Promise<readonly Reader[]> {
  const { family, ledger } = world
  const ever = [...family.wraps.values(), ...world.planted]
  const now = [...database(world, family.household), ...world.planted]
  const server = { who: 'the server', device: await newPhone(), wraps: ever, keys: new Set<Key>() }
  const devices = [...world.devices.values()].flatMap((device) => [
    ...ownersOf(world, device, now),
    // With a server that never forgets: whatever was ever made for it.
    reader(device, 'and the server', ever, ledger.given.get(device.id) ?? new Set()),
  ])
  return [server, ...devices, ...thieves(world)]
}

function reader(
  device: Device,
  what: string,
  wraps: readonly Uint8Array[],
  keys: ReadonlySet<Key>,
): Reader {
  return { who: `${device.id} ${what}`, device, wraps, keys }
}

/** A device or card as its owner has it: now, or after its end with what it had then. */
function ownersOf(world: World, device: Device, now: readonly Uint8Array[]): readonly Reader[] {
  const { ledger, ends } = world
  const held = purseOf(ledger, device.id)
  const end = ends.get(device.id)
  if (!end) return [reader(device, 'today', now, held)]
  const open = new Set(
    [...(ledger.given.get(device.id) ?? [])].filter((key) => !ledger.closed.has(key)),
  )
  return [
    reader(device, 'after its end', [...database(world, end), ...now], new Set([...held, ...open])),
    // Whoever carries the database away afterwards, with a card that was replaced in hand.
    reader(device, 'and a stolen database', now, open),
  ]
}

function thieves(world: World): readonly Reader[] {
  return world.thefts.map(({ device, keys, at }) =>
    reader(deviceOf(world, device), 'copied earlier', database(world, at), keys),
  )
}

/** The wraps that an honest server has when the household stands like this. */
function database({ family }: World, household: Household): readonly Uint8Array[] {
  const named = [...household.principals.values()].flatMap(({ epochs }) =>
    epochs.flatMap(({ wraps }) => wraps.map(({ hash }) => toHex(hash))),
  )
  return named.map((hash) => family.wraps.get(hash) ?? new Uint8Array())
}
