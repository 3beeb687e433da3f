import { loadDevice, type Device } from '../../../src/keys/device.ts'
import { addSecret, EMPTY_KEYRING, type Keyring } from '../../../src/keys/keyring.ts'
import { openWrap, type Secret } from '../../../src/keys/principal.ts'
import { fromBase64url, toBase64url } from '../../../src/protocol/bytes.ts'
import { toCbor } from '../../../src/protocol/cbor.ts'
import type { PrincipalId } from '../../../src/protocol/ids.ts'
import type { Household } from '../../../src/protocol/log/household.ts'
import { readLink, signedLinkBytes } from '../../../src/protocol/log/link.ts'
import { applyLink, verifyLog } from '../../../src/protocol/log/verify.ts'
import type { DeviceVector, LinkVector, Load, LogVectors, WrapVectors } from './shapes.ts'
import { toldHousehold } from './told.ts'
import { refused, same, type Verdict } from './verdicts.ts'

/** The devices of the vectors by name. */
export type Cast = ReadonlyMap<string, Device>

/** Makes a device of its seeds. */
export function deviceOf({ sign, kem }: Pick<DeviceVector, 'sign' | 'kem'>): Promise<Device> {
  return loadDevice({ kind: 'seeds', sign: fromBase64url(sign), kem: fromBase64url(kem) })
}

/** The devices of the log's vectors. */
export async function castOf({ devices }: LogVectors): Promise<Cast> {
  const loaded = await Promise.all(
    devices.map(async (device) => [device.name, await deviceOf(device)] as const),
  )
  return new Map(loaded)
}

/** The household after so many of these links and some more; what they share is verified once. */
export function logPrefixes(
  links: readonly Uint8Array[],
): (after: number, more: readonly string[]) => Household | undefined {
  const known = new Map<number, Household | undefined>([[0, undefined]])
  return (after, more) => {
    if (!known.has(after)) known.set(after, verifyLog(links.slice(0, after)))
    return more.map(fromBase64url).reduce(applyLink, known.get(after))
  }
}

/** Devices, links and what the whole log means; links that are refused, each for its reason. */
export async function checkLog(load: Load): Promise<readonly Verdict[]> {
  const vectors = await load.json<LogVectors>('log.json')
  const cast = await castOf(vectors)
  const links = vectors.links.map(({ bytes }) => fromBase64url(bytes))
  const household = verifyLog(links)
  const before = logPrefixes(links)
  const reproduced = vectors.links.map((link) => reproduce(link, cast))
  const offered = vectors.refused.map(({ reason, what, after, more, link }) =>
    refused(`log refuses ${reason}: ${what}`, reason, () =>
      applyLink(before(after, more), fromBase64url(link)),
    ),
  )
  return [
    ...vectors.devices.flatMap((device) => checkDevice(device, cast.get(device.name))),
    same('log state', toldHousehold(household), vectors.state),
    ...(await Promise.all([...reproduced, ...offered])),
  ]
}

function checkDevice(expected: DeviceVector, device: Device | undefined): readonly Verdict[] {
  const { name, id, sig, recipient, identity } = expected
  const got = { id: device?.id, recipient: device?.kem, identity: device?.identity }
  return [
    same(`device ${name}`, got, { id, recipient, identity }),
    same(`device ${name} signature key`, toBase64url(device?.sig ?? new Uint8Array()), sig),
  ]
}

/** Encodes and signs a link again: the same bytes come out, and the same hash. */
async function reproduce({ what, by, hash, bytes }: LinkVector, cast: Cast): Promise<Verdict> {
  const link = readLink(fromBase64url(bytes))
  const b = toCbor(link.body)
  const s = await cast.get(by)?.sign(signedLinkBytes(b))
  const got = [toBase64url(toCbor({ b, s: s ?? null })), toBase64url(link.hash)]
  return same(`link ${link.body.seq}: ${what}`, got, [bytes, hash])
}

/** Wraps open for their devices with the secret inside; others are refused, each for its reason. */
export async function checkWraps(load: Load): Promise<readonly Verdict[]> {
  const log = await load.json<LogVectors>('log.json')
  const { wraps, refused: bad } = await load.json<WrapVectors>('wraps.json')
  const cast = await castOf(log)
  const links = log.links.map(({ bytes }) => fromBase64url(bytes))
  const household = verifyLog(links)
  const before = logPrefixes(links)
  const good = wraps.map(async ({ of, epoch, to, wrap, secret }) => {
    const opened = await unwrap(household, cast.get(to), { of, epoch, wrap })
    return same(`wrap of ${of} ${epoch} for ${to}`, toBase64url(opened.secret), secret)
  })
  const refusals = bad.map(({ what, reason, to, after, more, ...wrap }) => {
    const named = before(after, more) ?? household
    return refused(`wrap: ${what}`, reason, () => unwrap(named, cast.get(to), wrap))
  })
  return Promise.all([...good, ...refusals])
}

function unwrap(
  household: Household,
  device: Device | undefined,
  { of, epoch, wrap }: { of: string; epoch: number; wrap: string },
): Promise<Secret> {
  if (!device) throw new Error('a wrap for nobody in the vectors')
  const named = { of: of as PrincipalId, epoch }
  return openWrap(household, device, fromBase64url(wrap), named)
}

/** What the vectors' wraps give each device. */
export async function keyrings(load: Load): Promise<ReadonlyMap<string, Keyring>> {
  const { wraps } = await load.json<WrapVectors>('wraps.json')
  const held = new Map<string, Keyring>()
  for (const { of, epoch, to, secret } of wraps) {
    const known = { of: of as PrincipalId, epoch, secret: fromBase64url(secret) }
    held.set(to, addSecret(held.get(to) ?? EMPTY_KEYRING, known))
  }
  return held
}
