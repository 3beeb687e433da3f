import assert from 'node:assert/strict'
import { sha256 } from '@noble/hashes/sha2.js'
import { proposeRotate } from '../../src/keys/links.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { applyLink } from '../../src/protocol/log/verify.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { readFrame } from '../../src/protocol/message/outer.ts'
import { about as ofTheirs, newMessageId, THE_CHILD, voice } from '../harness/letters.ts'
import { copyOfClient, known, pull, receive, restart, write, type Client } from './client.ts'
import { MOVES } from './history.ts'
import { currentKey, ownerOf, purseOf, type Ledger, type Person } from './ledger.ts'
import type { Choice } from './moves.ts'
import { addresseesOf, childOf } from './sending.ts'
import {
  count,
  deliver,
  ledgerOf,
  momentsAhead,
  noteMoment,
  personIn,
  type Post,
  type Siege,
} from './siege.ts'
import { pick } from './world.ts'

/** Something that a client, the server or the world between them does. */
export type Command = (siege: Siege, choice: Choice) => Promise<void>

function clientOf({ clients }: Siege, number: number): Client {
  const client = pick([...clients.values()], number)
  if (!client) throw new Error('a household has a client')
  return client
}

/** A link, or a few, by somebody who is up to date: what the server appends. */
async function changes(siege: Siege, choice: Choice): Promise<void> {
  const [name, move] = pick(Object.entries(MOVES), choice.about + choice.op) ?? ['']
  if (!move || !(await move(siege.world, choice))) return
  count(siege, name)
  siege.world.now += 60 * 60 * 1000
  await noteMoment(siege)
}

/** A client looks at the log; the server may show it less than there is by now. */
async function looks(siege: Siege, { by, about }: Choice): Promise<void> {
  const client = clientOf(siege, by)
  const ahead = momentsAhead(siege, client)
  await show(siege, client, pick(about % 2 ? ahead.slice(-1) : ahead, about)?.length ?? 0)
}

async function show({ world }: Siege, client: Client, length: number): Promise<void> {
  const { links, wraps } = world.family
  if (length > 0) await pull(client, links.slice(0, length), wraps)
}

async function crashes(siege: Siege, { by }: Choice): Promise<void> {
  restart(clientOf(siege, by))
}

/** The server was put back to an earlier day: whoever saw more does not believe it. */
async function rollsBack(siege: Siege, { by, about }: Choice): Promise<void> {
  const client = clientOf(siege, by)
  const { links, wraps } = siege.world.family
  const { length } = client.disk.links
  if (length < 2) return
  const earlier = links.slice(0, 1 + (about % (length - 1)))
  await assert.rejects(pull(client, earlier, wraps), { code: 'tampered', reason: 'roll-back' })
  count(siege, 'rolled back')
}

/** A link comes a second time, right after itself. */
async function repeats(siege: Siege, { by }: Choice): Promise<void> {
  const client = clientOf(siege, by)
  const { length } = client.disk.links
  if (length === 0) return
  const { links, wraps } = siege.world.family
  const again = links.slice(0, length).concat(links.slice(length - 1, length))
  await assert.rejects(pull(client, again, wraps), { code: 'log-refused' })
  count(siege, 'link twice')
}

/**
 * Somebody who has not heard of the newest links makes one of their own: the server does not append
 * it. A server that shows it to others makes a fork, which ends at the next honest link or message.
 */
async function forks(siege: Siege, { by, about }: Choice): Promise<void> {
  const { world, clients, states } = siege
  const lagging = [...clients.values()].filter(
    (client) =>
      client.disk.links.length > 0 &&
      client.disk.links.length < states.length &&
      ['guardian', 'relative'].includes(
        personIn(ledgerOf(siege, client), client.device.id)?.role ?? '',
      ),
  )
  const client = pick(lagging, by)
  if (!client) return
  const household = known(client)
  const { device } = client
  const [person] = ownerOf(ledgerOf(siege, client), device.id)
  const { link, wraps } = await proposeRotate({ household, device, now: world.now }, person)
  assert.throws(() => applyLink(states.at(-1), link), { code: 'log-refused' })
  const cheated = copyOfClient(client)
  const all = new Map(world.family.wraps)
  await pull(cheated, [...client.disk.links, link], withWraps(all, wraps))
  await assert.rejects(pull(cheated, forked(cheated, world.family.links), all), {
    code: 'log-refused',
  })
  const honest = pick(
    siege.posts.filter(({ head }) => head > client.disk.links.length),
    about,
  )
  if (honest) assert.notEqual(await receive(cheated, honest.arrived), 'accepted')
  count(siege, 'forked')
}

function forked({ disk }: Client, links: readonly Uint8Array[]): readonly Uint8Array[] {
  const next = links.slice(disk.links.length)
  return [...disk.links, ...(next.length > 0 ? next : links.slice(-1))]
}

function withWraps(
  all: Map<string, Uint8Array>,
  more: readonly Uint8Array[],
): ReadonlyMap<string, Uint8Array> {
  for (const wrap of more) all.set(toHex(sha256(wrap)), wrap)
  return all
}

/** A client says something; it may crash before that is sent, or send it twice. */
async function speaks(siege: Siege, choice: Choice): Promise<void> {
  const client = clientOf(siege, choice.by)
  if (client.disk.links.length === 0) return
  const ledger = ledgerOf(siege, client)
  const person = personIn(ledger, client.device.id)
  if (!person) return
  const content = approvalBy(siege, client, choice) ?? voiceBy(person)
  const self = ownerOf(ledger, client.device.id)[0]
  const to =
    content.kind === 'forward'
      ? childOf(ledger)
      : (pick(addresseesOf(ledger, person.role, self), choice.about) ?? [])
  const post = await written(siege, client, { to, content, ledger })
  const { id } = client.device
  const waiting = [...(siege.kept.get(id) ?? []), post]
  siege.kept.set(id, waiting)
  if (choice.op % 4 === 0) return restart(client)
  siege.kept.set(id, [])
  for (const one of choice.op % 4 === 1 ? [...waiting, ...waiting] : waiting) submit(siege, one)
}

function voiceBy({ role }: Person): Content {
  return voice({ author: role === 'toy' ? THE_CHILD : 'sender' })
}

/** A guardian may pass on what a relative or a drop-box said. */
function approvalBy(siege: Siege, client: Client, { op, about }: Choice): Content | undefined {
  const ledger = ledgerOf(siege, client)
  if (personIn(ledger, client.device.id)?.role !== 'guardian' || op % 3 > 0) return undefined
  const sent = new Set(siege.posts.map(({ mid }) => mid))
  const voices = client.disk.accepted.filter(
    ({ inner }) =>
      sent.has(inner.mid) &&
      inner.kind === 'voice' &&
      personIn(ledger, inner.by)?.role !== 'guardian',
  )
  const chosen = pick(voices, about)
  if (!chosen) return undefined
  return {
    kind: 'forward',
    body: { of: chosen.inner.mid, why: 'approve', original: chosen.original },
  }
}

async function written(
  { world }: Siege,
  client: Client,
  letter: { to: readonly PrincipalId[]; content: Content; ledger: Ledger },
): Promise<Post> {
  const { to, content, ledger } = letter
  const mid = newMessageId()
  const at = world.now
  const head = client.disk.links.length
  const { frame, original, n, hash } = await write(client, {
    mid,
    to,
    content: ofTheirs(known(client), content),
    at,
  })
  const { envelope, ciphertext } = readFrame(frame)
  const by = personIn(ledger, client.device.id)?.role ?? 'relative'
  const keys = to.map((pid) => currentKey(ledger, pid))
  const arrived = { envelope, ciphertext, mid }
  return { arrived, original, keys, by, mid, sender: client.device.id, n, hash, head, at }
}

/** The server takes a message once, from whom is there, for whom is there. */
function submit(siege: Siege, post: Post): void {
  const { ledger, now, last } = siege.world
  const person = personIn(ledger, post.sender)
  const there = post.keys.every((key) => {
    const [of = ''] = key.split('#')
    return of === ledger.household || [...ledger.people.keys()].some((id) => id === of)
  })
  if (!person || !there || now > (person.expires ?? Infinity)) return count(siege, 'turned away')
  if (siege.posts.some(({ mid }) => mid === post.mid)) return count(siege, 'sent twice')
  last.set(post.sender, { n: post.n, hash: post.hash })
  siege.posts.push(post)
  count(siege, `sent by ${post.by}`)
}

/** The server hands out some messages: late, out of order, twice, or some it was never given. */
async function delivers(siege: Siege, { op, by, about }: Choice): Promise<void> {
  const client = clientOf(siege, by)
  // Mostly what the client can open, or will once it has looked at the log.
  const purse = purseOf(siege.world.ledger, client.device.id)
  const all = [...siege.posts, ...[...siege.kept.values()].flat()].filter(
    ({ keys }) => about % 4 === 0 || keys.some((key) => purse.has(key)),
  )
  const first = all.length > 0 ? about % all.length : 0
  const some = all.slice(first)
  const orders = [some, some.toReversed(), [...some, ...some], some]
  for (const post of pick(orders, op) ?? []) await deliver(siege, client, post)
}

/** The mailman of an honest server: a client gets whatever there is, in order. */
async function visits(siege: Siege, { by }: Choice): Promise<void> {
  const client = clientOf(siege, by)
  await show(siege, client, momentsAhead(siege, client).at(-1)?.length ?? 0)
  for (const post of siege.posts) {
    if (!client.disk.accepted.some(({ inner }) => inner.mid === post.mid)) {
      await deliver(siege, client, post)
    }
  }
}

type Named = readonly [string, Command]

/** What may happen; what happens more often is there more often. */
export const COMMANDS: readonly Named[] = [
  ...often(3, ['changes', changes]),
  ...often(2, ['looks', looks]),
  ...often(5, ['speaks', speaks]),
  ...often(5, ['delivers', delivers]),
  ['visits', visits],
  ['crashes', crashes],
  ['rolls back', rollsBack],
  ['repeats', repeats],
  ['forks', forks],
]

function often(times: number, named: Named): readonly Named[] {
  return Array.from({ length: times }, () => named)
}

/**
 * In the end everybody who is there hears everything, and after that what the server was never
 * given by those who crashed.
 */
export async function converge(siege: Siege): Promise<void> {
  for (let by = 0; by < siege.clients.size; by += 1) {
    await visits(siege, { op: 0, by, about: 0 })
    const client = clientOf(siege, by)
    for (const post of [...siege.kept.values()].flat()) await deliver(siege, client, post)
  }
}
