import { z } from 'zod'
import { randomBytes, type Device } from '../keys/device.ts'
import { publicKeys } from '../keys/links.ts'
import {
  fourDigits,
  openPart,
  pairingCommitment,
  pairingKey,
  readAnswer,
  readNonce,
  readOffer,
  readPairing,
  sealPart,
  type Label,
  type Offer,
  type Pairing,
} from '../keys/pairing.ts'
import * as api from '../protocol/api/pairing.ts'
import { fromBase64url, sameBytes, toBase64url } from '../protocol/bytes.ts'
import { bytes, toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { activeDevice, type Household } from '../protocol/log/household.ts'
import { enrolmentBytes } from '../protocol/log/join.ts'
import { verifyLog } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import { labelWrite } from './device-labels.ts'
import { demandNewcomer, familyWrites } from './family.ts'
import { fetchLog } from './fetch-log.ts'
import { nudge } from './nudge.ts'
import { pullLog } from './pull-log.ts'

/**
 * Coming in as another phone of somebody who is in already: the new phone's side of `pairing.ts`.
 * Killed at any step, it goes on with the same request.
 */

const KEY = 'arriving'
const record = z.strictObject({
  link: z.string(),
  offer: bytes(1, api.OFFER_BYTES),
  answer: bytes(1, api.ANSWER_BYTES),
  sealedAnswer: bytes(1, api.ANSWER_BYTES),
  /** Whether the server has the answer. */
  sent: z.boolean().optional(),
  nonce: bytes(32).optional(),
  over: z.boolean().optional(),
})
type Record = z.infer<typeof record>

/** Where it stands, for the new phone. */
export type Arriving = {
  readonly state: 'waiting' | 'digits' | 'arrived' | 'over'
  /** To be compared with the other phone's, once both know them. */
  readonly digits?: string
}

/**
 * Asks to come in by the code that another phone of the same person shows. Repeated with the same
 * link it goes on with the same request. Throws `link-invalid`, `pairing-dead`, `tampered`,
 * `household-exists`, `device-ended`.
 */
export async function arrive(
  client: Client,
  { link, label }: { link: string; label: Label },
): Promise<void> {
  await client.exclusively(async () => {
    await demandNewcomer(client)
    const pairing = readPairing(link)
    const known = await client.store.get(KEY, record)
    const isSame = known?.link === link && !known.over
    const plan = isSame ? known : await prepare(client, pairing, { link, label })
    if (!(await send(client, plan))) {
      await client.store.write([{ key: KEY, value: undefined }])
      throw new PawpostError('pairing-dead')
    }
    client.changed('session')
  })
}

/** Sends the answer, once; false where the pairing is gone, or another phone was first. */
async function send(client: Client, plan: Record): Promise<boolean> {
  if (plan.sent) return true
  const pairing = readPairing(plan.link)
  const body = { answer: toBase64url(plan.sealedAnswer) }
  const input = { params: { pairing: pairing.id }, body }
  try {
    await client.api.call(api.answerPairing, input, await pairingKey(pairing))
  } catch (error) {
    if (isDead(error)) return false
    throw error
  }
  await client.store.write([{ key: KEY, value: { ...plan, sent: true } }])
  return true
}

async function prepare(
  client: Client,
  pairing: Pairing,
  { link, label }: { link: string; label: Label },
): Promise<Record> {
  const input = { params: { pairing: pairing.id } }
  const key = await pairingKey(pairing)
  const served = await client.api.call(api.readOffer, input, key).catch(asDead)
  const offer = await openPart(pairing, 'offer', fromBase64url(served.offer))
  const device = await client.keeper.device()
  const answer = toCbor(await answerTo(readOffer(offer), device, label))
  const sealedAnswer = await sealPart(pairing, 'answer', answer)
  const plan: Record = { link, offer, answer, sealedAnswer }
  await client.store.write([{ key: KEY, value: plan }])
  return plan
}

async function answerTo({ hid, person }: Offer, device: Device, label: Label): Promise<object> {
  const keys = publicKeys(device)
  const proof = await device.sign(enrolmentBytes(hid, person, keys))
  return { v: 1, device: keys, proof, nonce: randomBytes(32), label }
}

/** Whether this device waits to come in as another phone; nothing is asked for it. */
export async function isArriving(client: Client): Promise<boolean> {
  return (await client.store.get(KEY, record)) !== undefined
}

/** Asks how it stands, takes the next step, and settles in once let in. */
export async function arriving(client: Client): Promise<Arriving | undefined> {
  return client.exclusively(async () => {
    const begun = await client.store.get(KEY, record)
    if (!begun) return undefined
    if (begun.over || !(await send(client, begun))) return noteOver(client, begun)
    const known = { ...begun, sent: true }
    const plan = await hear(client, known)
    const isWaiting = plan !== undefined && plan.nonce === undefined
    // What was left at the server goes as soon as the log has this device.
    if (!isWaiting && (await settle(client, known))) return { state: 'arrived' }
    if (!plan) return noteOver(client, known)
    if (!plan.nonce) return { state: 'waiting' }
    const digits = fourDigits(readPairing(plan.link), plan.offer, plan.answer, plan.nonce)
    return { state: 'digits', digits }
  })
}

/** Gives up a request that came too late or is no longer wanted. */
export async function forgetArriving(client: Client): Promise<void> {
  await client.store.write([{ key: KEY, value: undefined }])
  client.changed('session')
}

/** The nonce, if it was revealed: the one that was promised. Nothing where the pairing is gone. */
async function hear(client: Client, plan: Record): Promise<Record | undefined> {
  const pairing = readPairing(plan.link)
  const input = { params: { pairing: pairing.id } }
  const key = await pairingKey(pairing)
  const served = await client.api.call(api.readOffer, input, key).catch(unlessGone)
  if (served?.nonce === undefined || plan.nonce) return served && plan
  const nonce = readNonce(await openPart(pairing, 'nonce', fromBase64url(served.nonce)))
  if (!sameBytes(pairingCommitment(nonce), readOffer(plan.offer).commitment)) {
    throw new PawpostError('tampered', 'commitment')
  }
  const heard = { ...plan, nonce }
  await client.store.write([{ key: KEY, value: heard }])
  return heard
}

/** Makes this device one of the person's, if the log says so by now. */
async function settle(client: Client, plan: Record): Promise<boolean> {
  const { hid, person, devices } = readOffer(plan.offer)
  const device = await client.keeper.device()
  const links = await fetchLog(client, hid, device).catch(unlessGone)
  if (!links) return false
  demandOffered(verifyLog(links), plan, device)
  const { label } = readAnswer(plan.answer)
  await client.store.write([
    ...familyWrites(hid, person, { links, secrets: [] }),
    ...[...devices, { device: device.id, label }].map(labelWrite),
    { key: KEY, value: undefined },
  ])
  await pullLog(client)
  client.changed('session')
  nudge(client)
  return true
}

/** The log that the other phone had when it showed its code, and this device in it. */
function demandOffered(household: Household, plan: Record, device: Device): void {
  const { hid, person, head } = readOffer(plan.offer)
  const shown = household.hashes[head.seq]
  if (household.id !== hid) throw new PawpostError('tampered', 'other-household')
  if (!shown || !sameBytes(shown, head.hash)) throw new PawpostError('tampered', 'fork')
  if (activeDevice(household, device.id)?.person !== person) {
    throw new PawpostError('tampered', 'not-admitted')
  }
}

async function noteOver(client: Client, known: Record): Promise<Arriving> {
  await client.store.write([{ key: KEY, value: { ...known, over: true } }])
  return { state: 'over' }
}

/** Nobody can tell a code that is too old from one that never was; one that was used is dead, too. */
function isDead(error: unknown): boolean {
  return (
    error instanceof PawpostError &&
    (error.code === 'not-found' || error.code === 'request-unready')
  )
}

function asDead(error: unknown): never {
  throw isDead(error) ? new PawpostError('pairing-dead', undefined, { cause: error }) : error
}

function unlessGone(error: unknown): undefined {
  const isGone = error instanceof PawpostError && error.code === 'not-found'
  if (!isGone) throw error
}
