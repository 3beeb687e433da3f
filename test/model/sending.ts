import { seal } from '../../src/keys/message.ts'
import type { DeviceId, PrincipalId } from '../../src/protocol/ids.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { readFrame } from '../../src/protocol/message/outer.ts'
import { about as ofTheirs, newMessageId, THE_CHILD, voice } from '../harness/letters.ts'
import { currentKey, ownerOf, type Ledger, type Role } from './ledger.ts'
import type { Choice } from './moves.ts'
import { deviceOf, people, pick, senders, type Sent, type World } from './world.ts'

/** Somebody sends a message to somebody they may send to; a guardian may forward a relative's. */
export async function send(world: World, { op, by, about }: Choice): Promise<void> {
  const { ledger } = world
  const sender = pick(senders(world, 'guardian', 'relative', 'guardian', 'toy', 'box'), by)
  if (!sender) return
  const [person, { role }] = ownerOf(ledger, sender)
  const waiting = world.sent.filter((one) => one.by === 'relative' || one.by === 'box')
  const approved = role === 'guardian' && op % 3 === 0 ? pick(waiting, about) : undefined
  const to = approved ? childOf(ledger) : (pick(addresseesOf(ledger, role, person), about) ?? [])
  await sendTo(world, { sender, role, to, content: contentOf(role, approved) })
}

/** Whom somebody of a role may address. */
export function addresseesOf(
  ledger: Ledger,
  role: Role,
  self: PrincipalId,
): readonly (readonly PrincipalId[])[] {
  const { household } = ledger
  if (role === 'box') return [[household]]
  if (role !== 'guardian') return [[household, self], [household], [self]]
  const alone = people({ ledger }, 'guardian', 'relative', 'toy').map((one) => [one])
  const both = people({ ledger }, 'relative').map((one) => [household, one])
  return [childOf(ledger), [household], ...alone, ...both]
}

/** Whom a message for the child is encrypted to. */
export function childOf(ledger: Ledger): readonly PrincipalId[] {
  return [ledger.household, ...people({ ledger }, 'toy')]
}

function contentOf(role: Role, approved: Sent | undefined): Content {
  if (!approved) return voice({ author: role === 'toy' ? THE_CHILD : 'sender' })
  const { original, arrived } = approved
  return { kind: 'forward', body: { of: arrived.mid, why: 'approve', original } }
}

type Outgoing = {
  readonly sender: DeviceId
  readonly role: Role
  readonly to: readonly PrincipalId[]
  readonly content: Content
}

async function sendTo(world: World, { sender, role, to, content }: Outgoing): Promise<void> {
  const { family, ledger, last, now } = world
  const before = last.get(sender) ?? { n: 0, hash: new Uint8Array(32) }
  const mid = newMessageId()
  const said = ofTheirs(family.household, content)
  const draft = { mid, to, content: said, at: now, n: before.n + 1, prev: before.hash }
  const sealed = await seal(family.household, deviceOf(world, sender), draft)
  const { envelope, ciphertext } = readFrame(sealed.frame)
  last.set(sender, { n: draft.n, hash: sealed.hash })
  const keys = to.map((pid) => currentKey(ledger, pid))
  const arrived = { envelope, ciphertext, mid }
  world.sent.push({ arrived, original: sealed.original, keys, by: role })
}
