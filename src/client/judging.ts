import { PawpostError } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import type { Body, Content } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { entries, originalOf, type VoiceEntry } from './mailbag.ts'
import { enqueue, waiting, type Letter } from './outbox.ts'
import { eventOf, rules, VERDICTS } from './rulings.ts'
import { toysOf } from './voices.ts'

/**
 * Approves a relative's message: the signed forward that releases it towards the toy. What is
 * approved stays as it is: who was interrupted can say it again, and the toy gets it once.
 */
export async function approve(client: Client, message: MessageId): Promise<void> {
  const { family, voice } = await judged(client, message)
  if ((await lastVerdict(client, family, message)) === 'approved') return
  const original = await originalOf(client, message)
  if (!original) throw new PawpostError('not-found')
  const at = await verdictTime(client, message)
  const { household } = family
  const forward: Letter = {
    to: [household.principal, ...toysOf(household)],
    at,
    content: { kind: 'forward', body: { of: message, why: 'approve', original } },
  }
  const told: Letter = {
    to: [voice.person],
    at,
    content: { kind: 'receipt', body: { of: message, event: 'approved' } },
  }
  await enqueue(client, canReceive(family, voice) ? [forward, told] : [forward])
}

/** Turns a relative's message down: the toy will never get it. Once more changes nothing. */
export async function reject(client: Client, message: MessageId): Promise<void> {
  await rule(client, message, 'rejected')
}

/**
 * Takes an approval back: the message waits again, until a guardian decides anew. What is in the bear
 * already stays there until the next message takes its place. Once more changes nothing.
 */
export async function withdrawApproval(client: Client, message: MessageId): Promise<void> {
  await rule(client, message, 'withdrawn')
}

async function rule(
  client: Client,
  message: MessageId,
  verdict: 'rejected' | 'withdrawn',
): Promise<void> {
  const { family, voice } = await judged(client, message)
  if ((await lastVerdict(client, family, message)) === verdict) return
  const at = await verdictTime(client, message)
  await enqueue(client, [receipt(at, family, voice, verdict)])
}

/** When a verdict is told: after the last one, even if that one's clock was ahead. */
async function verdictTime(client: Client, message: MessageId): Promise<number> {
  const verdicts = (await entries(client)).filter(
    (entry) => entry.kind !== 'voice' && entry.of === message && VERDICTS.includes(eventOf(entry)),
  )
  return verdicts.reduce((latest, { at }) => Math.max(latest, at + 1), client.now())
}

/** Tells the household and the sender what happened to a message, unless they were told. */
export async function tellEvent(
  client: Client,
  message: MessageId,
  event: Body<'receipt'>['event'],
): Promise<void> {
  const family = await readFamily(client)
  const voice = await voiceOf(client, message)
  if ((await toldOf(client, family, message)).includes(event)) return
  await enqueue(client, [receipt(client.now(), family, voice, event)])
}

/** What guardians (and toys) last ruled about a message, this device's outbox included. */
async function lastVerdict(
  client: Client,
  family: Family,
  message: MessageId,
): Promise<string | undefined> {
  return (await toldOf(client, family, message)).findLast((event) => VERDICTS.includes(event))
}

/** What was told of a message, oldest first; last what this device will tell. */
async function toldOf(
  client: Client,
  { household, device }: Family,
  message: MessageId,
): Promise<readonly string[]> {
  const kept = (await entries(client)).filter(
    (entry) => entry.kind !== 'voice' && entry.of === message,
  )
  const believed = kept.filter((entry) => entry.by === device.id || rules(household, entry))
  const leaving = (await waiting(client)).filter(({ failed }) => failed === undefined)
  return [...believed.map(eventOf), ...leaving.flatMap(({ content }) => saysOf(content, message))]
}

function saysOf({ kind, body }: Content, message: MessageId): readonly string[] {
  if (kind === 'forward' && body.of === message && body.why === 'approve') return ['approved']
  return kind === 'receipt' && body.of === message ? [body.event] : []
}

function receipt(
  at: number,
  family: Family,
  voice: VoiceEntry,
  event: Body<'receipt'>['event'],
): Letter {
  const us = family.household.principal
  const to = canReceive(family, voice) ? [us, voice.person] : [us]
  const content: Content = { kind: 'receipt', body: { of: voice.mid, event } }
  return { to, at, content }
}

/** Whether the speaker can be told: a drop-box and who left cannot. */
function canReceive({ household }: Family, { person }: VoiceEntry): boolean {
  const speaker = household.principals.get(person)
  return speaker !== undefined && speaker.until === undefined && speaker.role !== 'box'
}

async function judged(
  client: Client,
  message: MessageId,
): Promise<{ family: Family; voice: VoiceEntry }> {
  const family = await readFamily(client)
  if (family.household.principals.get(family.person)?.role !== 'guardian') {
    throw new PawpostError('device-refused')
  }
  return { family, voice: await voiceOf(client, message) }
}

/** A voice that this device knows. Throws `not-found`. */
export async function voiceOf(client: Client, message: MessageId): Promise<VoiceEntry> {
  const found = (await entries(client)).find((entry) => entry.mid === message)
  if (found?.kind !== 'voice') throw new PawpostError('not-found')
  return found
}
