import { z } from 'zod'
import { randomBytes, type Device } from '../keys/device.ts'
import { proposeNewDevice } from '../keys/links.ts'
import {
  fourDigits,
  isProven,
  newPairing,
  openPart,
  pairingCommitment,
  pairingKey,
  readAnswer,
  readPairing,
  sealPart,
  writePairing,
  type Label,
  type Offer,
} from '../keys/pairing.ts'
import * as api from '../protocol/api/pairing.ts'
import { fromBase64url, toBase64url } from '../protocol/bytes.ts'
import { bytes, toCbor } from '../protocol/cbor.ts'
import { deviceIdOf } from '../protocol/ed25519.ts'
import { PawpostError } from '../protocol/errors.ts'
import { headOf } from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { deviceLabels, labelWrite } from './device-labels.ts'
import { readFamily, type Family } from './family.ts'
import { pullLog } from './pull-log.ts'

/**
 * Bringing in another phone of one's own, on the phone that is in: it shows a code, is asked by
 * whoever saw it, compares four digits, and lets it in. Killed at any step, it goes on.
 */

const KEY = 'pairing'
const record = z.strictObject({
  link: z.string(),
  /** Milliseconds since 1970, by this device's clock. */
  expires: z.int(),
  nonce: bytes(32),
  offer: bytes(1, api.OFFER_BYTES),
  sealedOffer: bytes(1, api.OFFER_BYTES),
  sealedNonce: bytes(1, api.REVEAL_BYTES),
  /** The first answer counts: a server that shows another one later is not heard. */
  answer: bytes(1, api.ANSWER_BYTES).optional(),
})
type Record = z.infer<typeof record>

/** How the adding of a phone stands. */
export type PhonePairing =
  | { readonly state: 'open'; readonly link: string; readonly expires: number }
  | { readonly state: 'asks'; readonly label: Label; readonly digits: string }
  | { readonly state: 'done' }
  | { readonly state: 'over' }

/**
 * Begins to bring in another phone, or goes on with what was begun. `label` is what this device
 * itself is called. The link is for the phone in one's own hand alone; ten minutes, once.
 */
export async function addPhone(client: Client, label: Label): Promise<{ link: string }> {
  return client.exclusively(async () => {
    const family = await pullLog(client)
    const known = await client.store.get(KEY, record)
    const isFresh = known !== undefined && client.now() < known.expires
    const plan = isFresh ? known : await prepare(client, family, label)
    if (!plan.answer) await open(client, family, plan)
    return { link: plan.link }
  })
}

async function open(client: Client, { household, device }: Family, plan: Record): Promise<void> {
  const pairing = readPairing(plan.link)
  const { sig } = await pairingKey(pairing)
  const offered = { key: toBase64url(sig), offer: toBase64url(plan.sealedOffer) }
  const input = { params: { household: household.id }, body: { pairing: pairing.id, ...offered } }
  await client.api.call(api.openPairing, input, device)
}

async function prepare(client: Client, family: Family, label: Label): Promise<Record> {
  const pairing = newPairing(client.origin)
  const nonce = randomBytes(32)
  await client.store.write([labelWrite({ device: family.device.id, label })])
  const offer = toCbor(await offerOf(client, family, nonce))
  const plan: Record = {
    link: writePairing(pairing),
    expires: client.now() + api.PAIRING_MINUTES * 60_000,
    nonce,
    offer,
    sealedOffer: await sealPart(pairing, 'offer', offer),
    sealedNonce: await sealPart(pairing, 'nonce', toCbor({ v: 1, nonce })),
  }
  await client.store.write([{ key: KEY, value: plan }])
  return plan
}

async function offerOf(client: Client, family: Family, nonce: Uint8Array): Promise<Offer> {
  const { household, person, device } = family
  const labels = await deviceLabels(client)
  const mine = [...household.devices.values()].filter(
    (one) => one.person === person && one.until === undefined,
  )
  return {
    v: 1,
    hid: household.id,
    person,
    by: device.id,
    head: headOf(household),
    commitment: pairingCommitment(nonce),
    devices: mine.flatMap(({ id }) => {
      const label = labels.get(id)
      return label ? [{ device: id, label }] : []
    }),
  }
}

/** How it stands now: asked, and taken a step further. Nothing where nothing was begun. */
export async function phonePairing(client: Client): Promise<PhonePairing | undefined> {
  return client.exclusively(async () => {
    const known = await client.store.get(KEY, record)
    if (!known) return undefined
    const family = await readFamily(client)
    const plan = known.answer ? known : await hear(client, family, known)
    if (!plan) return { state: 'over' }
    if (!plan.answer) return { state: 'open', link: plan.link, expires: plan.expires }
    const answer = readAnswer(plan.answer)
    if (family.household.devices.has(deviceIdOf(answer.device.sig))) {
      await finish(client, family, plan)
      return { state: 'done' }
    }
    if (client.now() >= plan.expires) return forget(client)
    await reveal(client, family, plan)
    return { state: 'asks', label: answer.label, digits: digitsOf(plan, plan.answer) }
  })
}

/** Asks for the answer, and pins it. Nothing where the pairing is over. */
async function hear(client: Client, family: Family, plan: Record): Promise<Record | undefined> {
  const isOver = client.now() >= plan.expires
  const shown = isOver ? undefined : await ask(client, family, plan)
  if (!shown) {
    await forget(client)
    return undefined
  }
  if (shown.answer === undefined) return plan
  const pairing = readPairing(plan.link)
  try {
    const sealed = fromBase64url(shown.answer)
    const answer = await openPart(pairing, 'answer', sealed)
    if (!isProven(family.household.id, family.person, readAnswer(answer))) {
      throw new PawpostError('tampered', 'pairing')
    }
    const heard = { ...plan, answer }
    await client.store.write([{ key: KEY, value: heard }])
    return heard
  } catch (error) {
    await giveUp(client, family, plan)
    throw error
  }
}

async function ask(
  client: Client,
  family: Family,
  plan: Record,
): Promise<{ answer?: string | undefined } | undefined> {
  const { params, device } = callOf(family, plan)
  return client.api.call(api.readPairing, { params }, device).catch(unlessGone)
}

async function reveal(client: Client, family: Family, plan: Record): Promise<void> {
  const { params, device } = callOf(family, plan)
  const body = { nonce: toBase64url(plan.sealedNonce) }
  await client.api.call(api.revealPairing, { params, body }, device).catch(unlessGone)
}

/**
 * Lets the phone in that shows the same digits. Throws `digits-differ` for others, and
 * `request-unready` while nobody asks. Repeated, it lets it in once.
 */
export async function letPhoneIn(client: Client, digits: string): Promise<void> {
  await client.exclusively(async () => {
    const plan = await client.store.get(KEY, record)
    if (!plan?.answer) throw new PawpostError('request-unready')
    if (digits !== digitsOf(plan, plan.answer)) throw new PawpostError('digits-differ')
    const answer = readAnswer(plan.answer)
    const id = deviceIdOf(answer.device.sig)
    const family = await append(client, async (standing, { keyring }) =>
      standing.household.devices.has(id) ? undefined : proposeNewDevice(standing, keyring, answer),
    )
    await finish(client, family, plan)
  })
}

/** Nobody is to come in by the code that was shown. */
export async function cancelPhone(client: Client): Promise<void> {
  await client.exclusively(async () => {
    const plan = await client.store.get(KEY, record)
    if (plan) await giveUp(client, await readFamily(client), plan)
  })
}

/** The phone is in: what was left at the server for it goes. */
async function finish(client: Client, family: Family, plan: Record): Promise<void> {
  if (plan.answer) {
    const { device, label } = readAnswer(plan.answer)
    await client.store.write([labelWrite({ device: deviceIdOf(device.sig), label })])
  }
  await giveUp(client, family, plan)
  client.changed('family')
}

async function giveUp(client: Client, family: Family, plan: Record): Promise<void> {
  const { params, device } = callOf(family, plan)
  await client.api.call(api.closePairing, { params }, device).catch(unlessGone)
  await forget(client)
}

async function forget(client: Client): Promise<{ state: 'over' }> {
  await client.store.write([{ key: KEY, value: undefined }])
  return { state: 'over' }
}

function callOf(
  { household, device }: Family,
  { link }: Record,
): { params: { household: string; pairing: string }; device: Device } {
  return { params: { household: household.id, pairing: readPairing(link).id }, device }
}

function digitsOf({ link, offer, nonce }: Record, answer: Uint8Array): string {
  return fourDigits(readPairing(link), offer, answer, nonce)
}

function unlessGone(error: unknown): undefined {
  const isGone = error instanceof PawpostError && error.code === 'not-found'
  if (!isGone) throw error
}
