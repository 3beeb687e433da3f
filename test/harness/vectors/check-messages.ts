import { sha256 } from '@noble/hashes/sha2.js'
import { verifyApproval } from '../../../src/keys/approval.ts'
import { addSecret, EMPTY_KEYRING, type Keyring } from '../../../src/keys/keyring.ts'
import { open, type Arrived, type Opened } from '../../../src/keys/message.ts'
import { concatBytes, fromBase64url, toBase64url } from '../../../src/protocol/bytes.ts'
import { toCbor } from '../../../src/protocol/cbor.ts'
import { PawpostError } from '../../../src/protocol/errors.ts'
import type { PrincipalId } from '../../../src/protocol/ids.ts'
import type { Household } from '../../../src/protocol/log/household.ts'
import { signedMessageBytes, writeInner } from '../../../src/protocol/message/inner.ts'
import { readOuter } from '../../../src/protocol/message/outer.ts'
import type { Received } from '../../../src/protocol/message/verify.ts'
import { verifyLog } from '../../../src/protocol/log/verify.ts'
import { castOf, keyrings, logPrefixes, type Cast } from './check-log.ts'
import type {
  ApprovalVector,
  DamagedMessage,
  Load,
  LogVectors,
  MessageVector,
  MessageVectors,
  RefusedMessage,
} from './shapes.ts'
import { told } from './told.ts'
import { reasonOf, refused, same, type Verdict } from './verdicts.ts'

const NOTHING: Received = { last: () => undefined, has: () => false }
/** Whose device meets what is refused. */
const READER = 'mum'

type World = {
  readonly load: Load
  /** The household after so many links of the log and some more. */
  readonly before: ReturnType<typeof logPrefixes>
  readonly household: Household
  readonly cast: Cast
  readonly held: ReadonlyMap<string, Keyring>
}

/** Messages of every kind and size, on every device; damaged and forged ones; approvals. */
export async function checkMessages(load: Load): Promise<readonly Verdict[]> {
  const log = await load.json<LogVectors>('log.json')
  const links = log.links.map(({ bytes }) => fromBase64url(bytes))
  const [cast, held] = await Promise.all([castOf(log), keyrings(load)])
  const world = { load, before: logPrefixes(links), household: verifyLog(links), cast, held }
  const { messages, damaged, ...more } = await load.json<MessageVectors>('messages.json')
  const verdicts: Verdict[] = []
  for (const message of messages) verdicts.push(...(await checkMessage(world, message)))
  for (const each of damaged) verdicts.push(await checkDamaged(world, each, messages))
  const keyring = more.secrets.reduce(
    (before, { of, epoch, secret }) =>
      addSecret(before, { of: of as PrincipalId, epoch, secret: fromBase64url(secret) }),
    EMPTY_KEYRING,
  )
  for (const each of more.refused) verdicts.push(await checkRefused(world, each, keyring))
  for (const each of more.approvals) verdicts.push(await checkApproval(world, each))
  return verdicts
}

async function checkMessage(world: World, vector: MessageVector): Promise<readonly Verdict[]> {
  const { what, readers } = vector
  const arrived = await arrive(world, vector)
  const verdicts: Verdict[] = []
  for (const [name, expected] of Object.entries(readers)) {
    let opened: Opened | undefined
    const reason = await reasonOf(async () => (opened = await openAs(world, name, arrived)))
    const verdict = opened ? 'opens' : reason
    verdicts.push(same(`message ${what} on ${name}'s device`, verdict, expected))
    if (opened) verdicts.push(await checkOpened(world, vector, opened))
  }
  return verdicts
}

async function arrive({ load }: World, { envelope, file }: MessageVector): Promise<Arrived> {
  return { envelope: fromBase64url(envelope), ciphertext: await load.bytes(file) }
}

function openAs({ household, held }: World, name: string, arrived: Arrived): Promise<Opened> {
  return open(household, held.get(name) ?? EMPTY_KEYRING, arrived, NOTHING)
}

/** What was read is what the vector says, and its signed bytes and signature can be made again. */
async function checkOpened(
  { household, cast }: World,
  { what, by, signed, signature, inner: expected }: MessageVector,
  { inner, original }: Opened,
): Promise<Verdict> {
  const { v: _, ...content } = inner
  const i = writeInner(content)
  const recipients = inner.to.map(
    ({ pid, epoch }) => household.principals.get(pid)?.epochs[epoch - 1]?.rec ?? '',
  )
  const s = await cast.get(by)?.sign(signedMessageBytes(i, recipients))
  const hash = toBase64url(sha256(original.i))
  const got = [told(inner), hash, hash === toBase64url(sha256(i)), told(s)]
  return same(`message ${what} says`, got, [expected, signed, true, signature])
}

async function checkDamaged(
  world: World,
  { what, of, change, reason }: DamagedMessage,
  messages: readonly MessageVector[],
): Promise<Verdict> {
  const found = messages.find(({ file }) => file === of)
  if (!found) throw new Error(`no message ${of}`)
  const honest = await arrive(world, found)
  const ciphertext = changed(honest.ciphertext, change)
  const envelope = toCbor({ ...readOuter(honest.envelope), sha256: sha256(ciphertext) })
  return refused(`${of}, ${what}`, reason, () => openAs(world, READER, { envelope, ciphertext }))
}

function changed(bytes: Uint8Array, change: DamagedMessage['change']): Uint8Array {
  if ('keep' in change) return bytes.slice(0, change.keep)
  const copy = bytes.slice()
  copy[change.at] = (copy[change.at] ?? 0) ^ change.xor
  return copy
}

function checkRefused(
  { before, household: all }: World,
  vector: RefusedMessage,
  keyring: Keyring,
): Promise<Verdict> {
  const { reason, what, after, more, received } = vector
  return refused(`message refused ${reason}: ${what}`, reason, () => {
    const household = before(after, more) ?? all
    const zeros = new Uint8Array(vector.zeros)
    const ciphertext = concatBytes(fromBase64url(vector.ciphertext), zeros)
    const arrived = { envelope: fromBase64url(vector.envelope), ciphertext }
    const { last } = received
    const known = last && { n: last.n, hash: fromBase64url(last.hash) }
    const had = { last: () => known ?? undefined, has: () => received.has }
    return open(household, keyring, arrived, had)
  })
}

async function checkApproval(
  { before, household }: World,
  { what, after, i, s, verdict }: ApprovalVector,
): Promise<Verdict> {
  const original = { i: fromBase64url(i), s: fromBase64url(s) }
  const got = approvalVerdict(before(after, []) ?? household, original)
  return same(`approval: ${what}`, got, verdict)
}

/** The message's id, or how the approval is refused. */
export function approvalVerdict(
  household: Household,
  original: { i: Uint8Array; s: Uint8Array },
): string {
  try {
    return verifyApproval(household, original).message
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    return `${error.code}/${error.reason}`
  }
}
