import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProfile } from '../../src/cli/client/profile.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { messages } from '../../src/client/messages.ts'
import { waiting } from '../../src/client/outbox.ts'
import { confirmAddress, signUp } from '../../src/client/session.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from './account.ts'
import { foundAt, letIn, startClient, type Installation, type Target } from './member.ts'

const SENDING = join(import.meta.dirname, 'sending.ts')

/** What came of a sender that was killed again and again, in numbers. */
export type Counts = {
  /** Processes killed. */
  readonly killed: number
  /** Messages that a process had said are safe, and all that arrived. */
  readonly promised: number
  readonly arrived: number
  /** Messages that were promised and did not arrive, and those that arrived more than once. */
  readonly lost: number
  readonly doubled: number
  /** What is left in the sender's outbox at the end. */
  readonly left: number
}

/** A family whose relative sends from a profile folder. */
export type Scene = AsyncDisposable & {
  readonly folder: string
  readonly profile: string
  readonly receiver: Installation
}

/** Sets the scene at a server: grandma in a profile folder, mum in memory. */
export async function setScene(server: Target): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-kills-'))
  const profile = join(folder, 'grandma')
  const receiver = await foundAt(server)
  {
    using opened = await openProfile(profile, server.origin)
    const { client } = opened
    const email = freshAddress()
    await signUp(client, { email, password: GOOD_PASSWORD })
    await confirmAddress(client, await newestCode(server, email))
    await letIn(startClient(receiver), client, 'Ilse', 'relative')
  }
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 20 })
  return { folder, profile, receiver, [Symbol.asyncDispose]: close }
}

/** How a scene is played: how often, and moments of death out of 0 to 1. */
export type Play = { readonly times: number; readonly random: () => number }

/** Longest life of a process that sends as fast as it can, in milliseconds. */
const LONGEST_LIFE = 2500

/** Processes send as fast as they can, and are killed. Recordings are told by their lengths. */
export async function killLoops(scene: Scene, { times, random }: Play): Promise<Counts> {
  const { profile, receiver } = scene
  const promised = new Set<number>()
  let next = 1
  for (let count = 0; count < times; count += 1) {
    const args = ['--disable-warning=ExperimentalWarning', SENDING, profile, String(next)]
    const { stdout } = await runAndKill(process.execPath, args, LONGEST_LIFE * (0.2 + random()))
    const said = stdout.split('\n').filter(Boolean).map(Number)
    for (const durationMs of said) promised.add(durationMs)
    // The last one may be safe though it was not said any more: its length is not used again.
    next = Math.max(next, ...said) + 2
  }
  return { killed: times, ...(await takeStock(profile, receiver, promised)) }
}

async function takeStock(
  profile: string,
  receiver: Installation,
  promised: ReadonlySet<number>,
): Promise<Omit<Counts, 'killed'>> {
  using opened = await openProfile(profile)
  await step(opened.client)
  const mum = startClient(receiver)
  await step(mum)
  const arrived = await durations(mum)
  const lost = [...promised].filter((one) => !arrived.includes(one)).length
  const doubled = arrived.length - new Set(arrived).size
  const left = (await waiting(opened.client)).length
  return { promised: promised.size, arrived: arrived.length, lost, doubled, left }
}

async function durations(client: Client): Promise<readonly number[]> {
  return (await messages(client)).map(({ durationMs }) => durationMs)
}

/** Runs a program, kills it after `ms`, and tells what it said. */
async function runAndKill(
  program: string,
  args: readonly string[],
  ms: number,
): Promise<{ stdout: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  await once(child, 'close')
  clearTimeout(timer)
  return { stdout }
}
