import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Castle, Fallen } from './castle.ts'
import type { Moment, Victim } from './moment.ts'
import { ENVIRONMENT, MAIN, NODE, preloading } from './programs.ts'

/** Somebody dies during a command: at a step, or at any time. */
export type Attack = { readonly victim: Victim } & (
  | { readonly moment: Moment }
  | { readonly afterMs: number }
)

/** What came of a command. */
export type Ended = {
  /** The one JSON document it printed: what it acknowledged, even if it was killed right after. */
  readonly answer?: unknown
  /** The code of its refusal. */
  readonly refused?: string
  readonly ms: number
  /** Whether the victim died by it, and at which step, if at one. */
  readonly fell: boolean
  readonly step?: string
  /** Steps that the victim would have had, if it lived. */
  readonly steps?: number
}

/** A program that acts for a person: a `pawpost client` command, or a deed of our own. */
export type Program = { readonly args: readonly string[]; readonly plant?: 'late' | undefined }

export function command(profile: string, ...words: readonly string[]): Program {
  return { args: [MAIN, 'client', '--profile', profile, ...words] }
}

/** Runs a program to its end or to its victim's, and puts up again whatever fell. */
export async function runUnder(castle: Castle, program: Program, attack?: Attack): Promise<Ended> {
  const fallen = attack && attack.victim !== 'client' ? attack.victim : undefined
  if (fallen && attack && 'moment' in attack) await castle.doom(fallen, attack.moment)
  const client = attack?.victim === 'client' ? attack : undefined
  const running = runClient(program, client)
  if (fallen && attack && 'afterMs' in attack) await strike(castle, fallen, attack.afterMs)
  const ended = await running
  if (!fallen) return ended
  const { statements, ...outcome } = await castle.revive()
  return { ...ended, ...outcome, ...(statements !== undefined && { steps: statements }) }
}

async function strike(castle: Castle, victim: Fallen, afterMs: number): Promise<void> {
  await sleep(afterMs)
  await castle.kill(victim)
}

async function runClient({ args, plant }: Program, attack?: Attack): Promise<Ended> {
  const moment = attack && 'moment' in attack ? attack.moment : {}
  const started = performance.now()
  const child = spawn(NODE, [...preloading('fatal-client'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...ENVIRONMENT,
      PAWPOST_SIEGE: JSON.stringify(moment),
      ...(plant && { PAWPOST_SIEGE_PLANT: plant }),
    },
  })
  const heard = [1, 2, 3].map((at) => listenTo(child.stdio[at]))
  const afterMs = attack && 'afterMs' in attack ? attack.afterMs : undefined
  const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs)
  await once(child, 'close')
  clearTimeout(timer)
  const [stdout = '', stderr = '', report = ''] = heard.map((words) => words())
  return {
    ms: performance.now() - started,
    fell: child.signalCode === 'SIGKILL',
    ...readAnswer(stdout),
    ...readRefusal(stderr, child.exitCode),
    ...readReport(report),
  }
}

function listenTo(stream: unknown): () => string {
  let words = ''
  const readable = stream as NodeJS.ReadableStream
  readable.on('data', (chunk: Buffer) => (words += chunk.toString()))
  return () => words
}

function readAnswer(stdout: string): { answer?: unknown } {
  return stdout.endsWith('\n') ? { answer: JSON.parse(stdout) as unknown } : {}
}

/** A command that was refused says why; one that goes on says its warnings in the same way. */
function readRefusal(stderr: string, code: number | null): { refused?: string } {
  if (code === 0 || code === null) return {}
  const last = stderr.trim().split('\n').at(-1) ?? ''
  const said = /"code":"([a-z-]+)"/.exec(last)?.[1]
  if (said === undefined) throw new Error(`a program failed: ${stderr}`)
  return { refused: said }
}

function readReport(report: string): { step?: string; steps?: number } {
  const line = report.trim()
  if (line === '') return {}
  const steps = /^steps (\d+)$/.exec(line)?.[1]
  return steps === undefined ? { step: line } : { steps: Number(steps) }
}
