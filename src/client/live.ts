import { events, headsEvent, type HeadsEvent } from '../protocol/api/messages.ts'
import { PawpostError } from '../protocol/errors.ts'
import { carryOutAgreed } from './agreeing.ts'
import { settleCard } from './cards.ts'
import type { Client } from './client.ts'
import { closeExpired } from './closing.ts'
import { isHouseholdOver, myRole, readFamily } from './family.ts'
import { pullLog } from './pull-log.ts'
import { forgetClosed } from './retention.ts'
import { rotateOverdue } from './rotation.ts'
import { receive } from './inbox.ts'
import { sleep } from './nudge.ts'
import { flush } from './outbox.ts'
import { nameAdmitted } from './people.ts'
import { readEvents } from './server-sent-events.ts'
import { noteSignedOut } from './session.ts'

const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

/** Fetches what is new and sends what waits, once. */
export async function step(client: Client): Promise<void> {
  await client.exclusively(async () => {
    if (await isHouseholdOver(client)) return
    await receive(client)
    await carryOutAgreed(client)
    // Before anything is said: an epoch that somebody else knows is not said anything in.
    await rotateOverdue(client)
    const problem = await keepUp(client)
    await flush(client)
    if (problem) throw problem
  })
}

const UPKEEP = [settleCard, closeExpired, forgetClosed, nameAdmitted]

/** What can wait: one that fails keeps neither the others nor what people say. Gives the first problem. */
async function keepUp(client: Client): Promise<PawpostError | undefined> {
  let problem: PawpostError | undefined
  for (const task of UPKEEP) {
    try {
      await task(client)
    } catch (error) {
      if (!(error instanceof PawpostError)) throw error
      problem ??= error
    }
  }
  return problem
}

/**
 * Keeps log, mailboxes and outbox in step with the server until `signal` ends it. Events only say
 * that something moved; what moved is always fetched by number, so nothing can be missed.
 */
export async function runLive(client: Client, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE
  while (!signal.aborted) {
    try {
      if (await myRole(client)) await listen(client, signal, () => (pause = FIRST_PAUSE))
    } catch (error) {
      await noteProblem(client, error)
    }
    await sleep(client, pause, signal)
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }
}

async function noteProblem(client: Client, error: unknown): Promise<void> {
  if (!(error instanceof PawpostError)) throw error
  if (error.code === 'sign-in-needed') await noteSignedOut(client)
  // A server that was put back to an earlier day may not know this device: it gets its links again.
  // That a family was ended is noted as its log is asked for.
  const isUnknown = error.code === 'not-found' || error.code === 'household-ended'
  if (isUnknown) await pullAgain(client)
  client.changed('connection')
}

async function pullAgain(client: Client): Promise<void> {
  await client
    .exclusively(() => pullLog(client))
    .catch((error: unknown) => {
      if (!(error instanceof PawpostError)) throw error
    })
}

async function listen(client: Client, signal: AbortSignal, connected: () => void): Promise<void> {
  const ended = new AbortController()
  const both = AbortSignal.any([signal, ended.signal])
  try {
    const { household, device } = await readFamily(client)
    const input = { params: { household: household.id } }
    const stream = await client.api.stream(events, input, { signer: device, signal: both })
    connected()
    client.changed('connection')
    await Promise.race([followNudges(client, both), followEvents(client, stream)])
  } finally {
    ended.abort()
  }
}

async function followEvents(client: Client, stream: ReadableStream<Uint8Array>): Promise<void> {
  let requests = -1
  for await (const { event, data } of readEvents(stream)) {
    if (event !== 'heads') continue
    const heads = readHeads(data)
    if (!heads) continue
    if (heads.requests !== requests) client.changed('family')
    requests = heads.requests
    await step(client)
  }
}

function readHeads(data: string): HeadsEvent | undefined {
  try {
    return headsEvent.safeParse(JSON.parse(data)).data
  } catch {
    return undefined
  }
}

/** A nudge while connected means that something waits in the outbox. */
async function followNudges(client: Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(client, LONGEST_PAUSE, signal)
    if (!signal.aborted) await step(client)
  }
}
