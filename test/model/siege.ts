import assert from 'node:assert/strict'
import { verifyApproval } from '../../src/keys/approval.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import type { DeviceId, MessageId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { applyLink } from '../../src/protocol/log/verify.ts'
import { known, newClient, pull, receive, type Accepted, type Client } from './client.ts'
import { purseOf, type Key, type Ledger, type Person } from './ledger.ts'
import { beginWorld, type Sent, type World } from './world.ts'

/** A message as the server has it, and what the model knows of it. */
export type Post = Sent & {
  readonly mid: MessageId
  readonly sender: DeviceId
  readonly n: number
  readonly hash: Uint8Array
  /** How many links its sender knew. */
  readonly head: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How the log was, and the ledger with it, after a step. */
export type Moment = { readonly length: number; readonly ledger: Ledger }

/** A world with its clients, each of which knows what it was shown so far. */
export type Siege = {
  readonly world: World
  readonly clients: Map<DeviceId, Client>
  readonly moments: Moment[]
  /** What the server has taken, in this order. */
  readonly posts: Post[]
  /** Written and not sent: its sender crashed. */
  readonly kept: Map<DeviceId, Post[]>
  /** The household after each link, as the server verified it. */
  readonly states: Household[]
  /** After which number of links a device had ended, and its last counter that counts. */
  readonly ended: Map<DeviceId, { readonly length: number; readonly n: number }>
  readonly counts: Map<string, number>
}

export async function beginSiege(): Promise<Siege> {
  const world = await beginWorld()
  const siege: Siege = {
    world,
    clients: new Map(),
    moments: [],
    posts: [],
    kept: new Map(),
    states: [],
    ended: new Map(),
    counts: new Map(),
  }
  await noteMoment(siege)
  return siege
}

export function count({ counts }: Siege, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

/**
 * After a step: the server verifies what is new, newcomers get a client that has read the log, the
 * ledger is copied.
 */
export async function noteMoment(siege: Siege): Promise<void> {
  const { world, clients, states, moments, ended } = siege
  const { links } = world.family
  for (const link of links.slice(states.length)) states.push(applyLink(states.at(-1), link))
  for (const [id, device] of world.devices) {
    const isCard = states.at(-1)?.devices.get(id)?.card ?? true
    if (isCard || clients.has(id)) continue
    const client = newClient(device)
    await pull(client, links, world.family.wraps)
    clients.set(id, client)
  }
  for (const id of world.ends.keys()) {
    if (!ended.has(id)) ended.set(id, { length: links.length, n: world.last.get(id)?.n ?? 0 })
  }
  moments.push({ length: links.length, ledger: structuredClone(world.ledger) })
}

/** The moments that a client may be shown next: none after its own end. */
export function momentsAhead({ moments, ended }: Siege, client: Client): readonly Moment[] {
  const end = ended.get(client.device.id)?.length ?? Infinity
  return moments.filter(
    ({ length }) => length >= client.disk.links.length && length <= Math.max(end, 1),
  )
}

/** What the model knows of the moment that a client stands at. */
export function ledgerOf({ moments }: Siege, client: Client): Ledger {
  const { length } = client.disk.links
  const moment = moments.findLast((one) => one.length === length)
  assert.ok(moment, 'a client stands where no step ended')
  return moment.ledger
}

/** The households that were looked at already. */
const sound = new WeakMap<Client, Household>()

/**
 * What holds for a client at any time: it has the household that the server verified, the keys that
 * the ledger says, and each message once and in order.
 */
export function demandSound(siege: Siege, client: Client): void {
  const { device, disk } = client
  if (disk.links.length === 0) return
  demandOrder(disk.accepted)
  // What was forgotten in a crash is looked at once it is verified again.
  if (!client.household || sound.get(client) === client.household) return
  assert.deepEqual(client.household, siege.states[disk.links.length - 1])
  sound.set(client, client.household)
  const keys = new Set<Key>(
    [...disk.keyring].flatMap(([of, epochs]) =>
      [...epochs.keys()].map((epoch): Key => `${of}#${epoch}`),
    ),
  )
  assert.deepEqual(keys, new Set(purseOf(ledgerOf(siege, client), device.id)), 'other keys')
}

/** Each message at most once, and those of one sender in the order they were sent. */
function demandOrder(accepted: readonly Accepted[]): void {
  const ids = accepted.map(({ inner }) => inner.mid)
  assert.equal(new Set(ids).size, ids.length)
  const newest = new Map<DeviceId, number>()
  for (const { inner } of accepted) {
    assert.ok(inner.n > (newest.get(inner.by) ?? 0), 'out of order')
    newest.set(inner.by, inner.n)
  }
}

/** Hands a message to a client and demands that it is accepted exactly where the model says so. */
export async function deliver(siege: Siege, client: Client, post: Post): Promise<void> {
  if (post.sender === client.device.id || client.disk.links.length === 0) return
  const expected = isForClient(siege, client, post)
  const outcome = await receive(client, post.arrived)
  count(siege, outcome)
  assert.equal(outcome === 'accepted', expected, outcome)
  const accepted = client.disk.accepted.at(-1)
  if (expected && accepted) demandApproval(siege, client, accepted)
}

function isForClient(siege: Siege, client: Client, post: Post): boolean {
  const { links, received } = client.disk
  const ledger = ledgerOf(siege, client)
  const purse = purseOf(ledger, client.device.id)
  if (!post.keys.some((key) => purse.has(key))) return false
  if (post.head > links.length) return false
  const end = siege.ended.get(post.sender)
  if (end && end.length <= links.length && post.n > end.n) return false
  if (post.at > (personIn(ledger, post.sender)?.expires ?? Infinity)) return false
  return post.n > (received.get(post.sender)?.n ?? 0)
}

/** What a toy may play: only what a guardian said or passed on who is there now. */
function demandApproval(siege: Siege, client: Client, { inner, original }: Accepted): void {
  const ledger = ledgerOf(siege, client)
  const guardian = [...ledger.people.values()].some(
    ({ role, devices }) => role === 'guardian' && devices.has(inner.by),
  )
  let approved = true
  try {
    verifyApproval(known(client), original)
  } catch (error) {
    if (!(error instanceof PawpostError) || error.code !== 'not-approved') throw error
    approved = false
  }
  count(siege, approved ? 'approved' : 'not approved')
  assert.equal(approved, guardian, 'an approval of somebody who is no guardian now, or none of one')
}

/** Whose phone, toy or drop-box this is in a ledger, if they are there. */
export function personIn(ledger: Ledger, device: DeviceId): Person | undefined {
  return [...ledger.people.values()].find(({ devices }) => devices.has(device))
}
