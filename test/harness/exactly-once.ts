import { step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { waiting } from '../../src/client/outbox.ts'
import type { Client } from '../../src/client/client.ts'
import { newRecording, startClient, type Between, type Installation } from './member.ts'
import { mortal, type Mortal } from './mortal.ts'

/** What became of a message whose sender died on the way. */
export type Fate = {
  /** After which effect the sender died, and after which it died again when it came back. */
  readonly deaths: readonly number[]
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

/** Kills the sender after every effect of a send: one fate each, and one of a sender that lived. */
export async function killEverywhere(trial: Trial): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (let at = 0, died = true; died; at += 1) {
    const outcome = await killOnce(trial, [at])
    fates.push(outcome.fate)
    died = outcome.died
  }
  return fates
}

/** As {@link killEverywhere}, and a second time after every effect of the come-back. */
export async function killTwiceEverywhere(trial: Trial): Promise<readonly Fate[]> {
  const fates: Fate[] = []
  for (let first = 0, died = true; died; first += 1) {
    for (let second = 0, again = true; again; second += 1) {
      const outcome = await killOnce(trial, [first, second])
      fates.push(outcome.fate)
      died = outcome.died
      again = died && outcome.diedAgain
    }
  }
  return fates
}

type Outcome = { readonly fate: Fate; readonly died: boolean; readonly diedAgain: boolean }

/** Sends one voice in the first life, tries to finish in the second, and finishes in the last. */
async function killOnce(trial: Trial, deaths: readonly number[]): Promise<Outcome> {
  const recording = newRecording()
  let safe = false
  const send = async (client: Client): Promise<void> => {
    await sendVoice(client, { ...recording, to: 'child' })
    safe = true
    await step(client)
  }
  const ends: string[] = []
  for (const [index, at] of deaths.entries()) {
    const life = mortal(at)
    const client = born(trial, life)
    ends.push(await life.lives(index === 0 ? send(client) : step(client)))
  }
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
