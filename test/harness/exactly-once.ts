import { step } from '../../src/client/live.ts'
import { messages, sendVoice } from '../../src/client/messages.ts'
import { waiting } from '../../src/client/outbox.ts'
import type { Client } from '../../src/client/client.ts'
import { newRecording, startClient, type Between, type Installation } from './member.ts'
import { mortal, type Moment, type Mortal } from './mortal.ts'

/** What became of a message whose sender died on the way. */
export type Fate = {
  /** The effect at which the sender died, and the one at which it died again when it came back. */
  readonly deaths: readonly string[]
  /** Whether the sender's app had said that the recording is safe. */
  readonly safe: boolean
  /** How often it arrived. */
  readonly arrived: number
  /** How often the sender's own list shows it, and what is left in the outbox. */
  readonly shown: number
  readonly left: number
}

export type Trial = {
  readonly sender: Installation
  readonly receiver: Installation
  /** What else stands between the sender and its storage, anew for each life: for the controls. */
  readonly between?: () => Between
}

/** A fate that breaks the promise: lost though safe, or there more than once. */
export function isBroken({ safe, arrived, shown, left }: Fate): boolean {
  const right = safe ? arrived === 1 : arrived <= 1
  return !right || shown !== arrived || left !== 0
}

const MOMENTS: readonly Moment[] = ['before', 'after']

/** Kills the sender at every effect of a send, both before and after it: one fate each. */
export async function killEverywhere(trial: Trial): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (const moment of MOMENTS) {
    for (let at = 1; ; at += 1) {
      const { fate, died } = await killOnce(trial, [mortal(at, moment)], [`${moment} ${at}`])
      fates.push(fate)
      if (!died) break
    }
  }
  return fates
}

/** As {@link killEverywhere}, and a second time at every effect of the come-back. */
export async function killTwiceEverywhere(trial: Trial): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (const moment of MOMENTS) {
    for (let first = 1, died = true; died; first += 1) {
      const { deaths, more } = await killAgain(trial, first, moment)
      fates.push(...deaths)
      died = more
    }
  }
  return fates
}

async function killAgain(
  trial: Trial,
  first: number,
  moment: Moment,
): Promise<{ deaths: Fate[]; more: boolean }> {
  const deaths: Fate[] = []
  for (let second = 1; ; second += 1) {
    const lives = [mortal(first, moment), mortal(second, moment)]
    const named = [`${moment} ${first}`, `${moment} ${second}`]
    const { fate, died, diedAgain } = await killOnce(trial, lives, named)
    deaths.push(fate)
    if (!died || !diedAgain) return { deaths, more: died }
  }
}

type Outcome = { readonly fate: Fate; readonly died: boolean; readonly diedAgain: boolean }

/** Sends one voice in the first life, tries to finish in the others, and finishes in the last. */
async function killOnce(
  trial: Trial,
  [first, ...others]: readonly Mortal[],
  deaths: readonly string[],
): Promise<Outcome> {
  const recording = newRecording()
  let safe = false
  const send = async (client: Client): Promise<void> => {
    await sendVoice(client, { ...recording, to: 'child' })
    safe = true
    await step(client)
  }
  const ends = [await first?.lives(send(born(trial, first)))]
  for (const life of others) ends.push(await life.lives(step(born(trial, life))))
  const last = startClient(trial.sender, trial.between?.())
  await step(last)
  await step(last)
  const fate = { deaths, safe, ...(await counted(trial, last, recording.durationMs)) }
  return { fate, died: ends[0] === 'died', diedAgain: ends[1] === 'died' }
}

function born(trial: Trial, life: Mortal): Client {
  const { raw: under, ...rest } = trial.between?.() ?? {}
  const { raw: over, fetch } = life.between
  return startClient(trial.sender, {
    ...rest,
    raw: (raw) => over(under ? under(raw) : raw),
    fetch,
  })
}

async function counted(
  { receiver }: Trial,
  sender: Client,
  durationMs: number,
): Promise<Pick<Fate, 'arrived' | 'shown' | 'left'>> {
  const other = startClient(receiver)
  await step(other)
  const count = async (client: Client): Promise<number> =>
    (await messages(client)).filter((one) => one.durationMs === durationMs).length
  const left = (await waiting(sender)).length
  return { arrived: await count(other), shown: await count(sender), left }
}
