import { sha256 } from '@noble/hashes/sha2.js'
import { ILLEGAL_LINKS } from '../../test/harness/illegal.ts'
import type { Illegal, Whole } from '../../test/harness/illegal-links.ts'
import { encryptTo, seedRecipient } from '../../src/keys/age.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { secretsOf } from '../../src/keys/keyring.ts'
import { newEpoch, wrapSecret, type Holder, type Wrap } from '../../src/keys/principal.ts'
import { fromBase64url, toBase64url, toHex } from '../../src/protocol/bytes.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import { holdersOf } from '../../src/protocol/log/household.ts'
import type { Rotation } from '../../src/protocol/log/ops.ts'
import { LOG_REFUSALS } from '../../src/protocol/log/refusals.ts'
import { copyOf, keyringOf } from '../../test/harness/family.ts'
import { flipped, forgeLink } from '../../test/harness/forgery.ts'
import { deviceOf } from '../../test/harness/vectors/check-log.ts'
import type {
  DeviceVector,
  LogVectors,
  RefusedLink,
  RefusedWrap,
  WrapVector,
  WrapVectors,
} from '../../test/harness/vectors/shapes.ts'
import { toldHousehold } from '../../test/harness/vectors/told.ts'
import type { Story } from './cast.ts'
import { drawFrom } from './random.ts'

/** `log.json`: the story's devices and links, what they mean, and a link for every refusal. */
export async function logVectors(story: Story): Promise<LogVectors> {
  const refused: RefusedLink[] = []
  for (const reason of Object.keys(LOG_REFUSALS)) {
    const illegal = ILLEGAL_LINKS.find((each) => each.reason === reason)
    if (!illegal) throw new Error(`no illegal link for ${reason}`)
    refused.push(await forged(story, illegal))
  }
  const { devices, links, family } = story
  return { devices, links, state: toldHousehold(family.household), refused }
}

async function forged({ whole }: Story, illegal: Illegal): Promise<RefusedLink> {
  const { reason, what, first, forge } = illegal
  drawFrom(`log/${reason}`)
  const mine = { ...whole, family: copyOf(whole.family) }
  const link = toBase64url(await forge(mine))
  if (first) return { reason, what, after: 0, more: [], link }
  const links = mine.family.links.map(toBase64url)
  const before = whole.family.links.map(toBase64url)
  const after = before.every((each, at) => each === links[at]) ? before.length : 0
  return { reason, what, after, more: links.slice(after), link }
}

/** `wraps.json`: every wrap of the story, with its secret; and wraps that nobody may believe. */
export async function wrapVectors(story: Story): Promise<WrapVectors> {
  const wraps = (await Promise.all(story.devices.map((each) => wrapsOf(story, each)))).flat()
  return { wraps, refused: [...unnamed(story, wraps), ...(await misleading(story))] }
}

async function wrapsOf({ family }: Story, vector: DeviceVector): Promise<readonly WrapVector[]> {
  const keyring = await keyringOf(family, await deviceOf(vector))
  return secretsOf(keyring).map(({ of, epoch, secret }) => {
    const refs = family.household.principals.get(of)?.epochs[epoch - 1]?.wraps ?? []
    const hash = refs.find(({ to }) => to === vector.id)?.hash ?? new Uint8Array()
    const wrap = toBase64url(family.wraps.get(toHex(hash)) ?? new Uint8Array())
    return { of, epoch, to: vector.name, wrap, secret: toBase64url(secret) }
  })
}

/** Wraps that the log does not name for this device, whatever is in them. */
function unnamed(story: Story, wraps: readonly WrapVector[]): readonly RefusedWrap[] {
  const mine = wraps.find(({ to }) => to === 'mum')
  const other = wraps.find(({ of, to }) => of === mine?.of && to === 'tablet')
  const foreign = wraps.find(({ of, to }) => of !== mine?.of && to === 'mum')
  if (!mine || !other || !foreign) throw new Error('no such wraps in the story')
  const { secret: _, ...named } = mine
  const common = { ...named, after: story.links.length, more: [], reason: 'wrap-unlogged' }
  const damaged = flipped(fromBase64url(mine.wrap), 200)
  return [
    { ...common, what: 'one changed bit', wrap: toBase64url(damaged) },
    { ...common, what: "another device's wrap", wrap: other.wrap },
    { ...common, what: 'the wrap of another principal', wrap: foreign.wrap },
    { ...common, what: 'an epoch that does not exist', epoch: 99 },
    { ...common, what: 'a device that the log does not name', to: 'grandma' },
  ]
}

/** Wraps that a guardian with a changed program named in the log, and that hold something else. */
async function misleading({ whole }: Story): Promise<readonly RefusedWrap[]> {
  drawFrom('wraps')
  const { mum, dad } = whole
  const of = whole.family.household.principal
  const secret = { of, epoch: 3, secret: randomBytes(32) }
  const insides: Readonly<Record<string, () => Promise<Wrap>>> = {
    "a secret that does not derive the log's recipient": () => wrapSecret(secret, dad.device),
    'a secret of another principal': () => wrapSecret({ ...secret, of: dad.person }, dad.device),
    'a secret of another epoch': () => wrapSecret({ ...secret, epoch: 2 }, dad.device),
    'a file for somebody else': () =>
      wrapSecret(secret, { id: dad.device.id, kem: mum.device.kem }),
    'a file that holds no secret': () => fileFor(dad.device, toCbor({ v: 1 })),
  }
  const refused: RefusedWrap[] = []
  for (const [what, make] of Object.entries(insides)) {
    const { ref, bytes } = await make()
    const { holders, rotation } = await honestRotation(whole)
    if (what !== "a secret that does not derive the log's recipient") {
      rotation.rec = await seedRecipient(secret.secret)
    }
    rotation.wraps = [...rotation.wraps.filter(({ to }) => to !== ref.to), ref]
    if (rotation.wraps.length !== holders.length) throw new Error('a holder more or less')
    const link = await forgeLink(whole.family, mum.device, { op: 'rotate', a: { rotation } })
    const more = [toBase64url(link)]
    const after = whole.family.links.length
    const wrap = toBase64url(bytes)
    refused.push({ of, epoch: 3, to: 'dad', wrap, what, after, more, reason: 'wrap-wrong' })
  }
  return refused
}

async function honestRotation({
  family,
}: Whole): Promise<{ holders: readonly Holder[]; rotation: Rotation }> {
  const { household } = family
  const holders = holdersOf(household, household.principal)
  return { holders, rotation: (await newEpoch(household.principal, 3, holders)).part }
}

async function fileFor({ id, kem }: Holder, plaintext: Uint8Array): Promise<Wrap> {
  const bytes = await encryptTo([kem], plaintext)
  return { ref: { to: id, hash: sha256(bytes) }, bytes }
}
