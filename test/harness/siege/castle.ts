import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mailsIn } from '../command.ts'
import { freshDataFolder } from '../server.ts'
import { startNetwork, type Network } from './clumsy.ts'
import { freePort, launchServer } from './keep.ts'
import type { Moment, Victim } from './moment.ts'

/** Who of the castle dies. */
export type Fallen = Exclude<Victim, 'client'>

/** What became of an attack: whether anybody fell, and at which step if it was to be at one. */
export type Outcome = {
  readonly fell: boolean
  readonly step?: string
  /** How many statements were run meanwhile, if the server lived to tell. */
  readonly statements?: number
}

/** A `pawpost serve` process with its PostgreSQL behind a clumsy network. */
export interface Castle extends AsyncDisposable {
  readonly origin: string
  readonly network: Network
  mails(): Promise<string[]>
  /** Has it die at a statement from now on. */
  doom(victim: Fallen, moment: Moment): Promise<void>
  /** Kills it now. */
  kill(victim: Fallen): Promise<void>
  /** Takes a doom back, and puts up again whatever fell. */
  revive(): Promise<Outcome>
}

const PATIENCE_MS = 60_000

/** Starts one on a fresh data folder. */
export async function startCastle(random: () => number): Promise<Castle> {
  const data = await freshDataFolder()
  const network = await startNetwork(random)
  const port = await freePort()
  network.lead(port)
  let server = await launchServer({ data, port, origin: network.origin })
  /** Who is to fall or fell, and the PostgreSQL that ran then. */
  let attack: { victim: Fallen; postmaster: number } | undefined
  let isStruck = false

  async function begin(victim: Fallen): Promise<number> {
    const postmaster = await postmasterOf(data)
    attack = { victim, postmaster }
    return postmaster
  }

  async function revive(): Promise<Outcome> {
    const statements = await server.order({})
    const step = server.report()
    const fell = isStruck || step !== '' || server.isGone()
    if (fell && attack?.victim === 'postgres') await recovered(attack.postmaster, data, port)
    else if (fell) server = await relaunch()
    attack = undefined
    isStruck = false
    return { fell, ...(step !== '' && { step }), ...(statements !== undefined && { statements }) }
  }

  async function relaunch(): ReturnType<typeof launchServer> {
    await server.ended()
    return launchServer({ data, port, origin: network.origin })
  }

  return {
    origin: network.origin,
    network,
    mails: () => mailsIn(data),
    async doom(victim, moment) {
      const postmaster = await begin(victim)
      const also = victim === 'server' ? {} : { postmaster }
      await server.order({ moment, server: victim !== 'postgres', ...also })
    },
    async kill(victim) {
      const postmaster = await begin(victim)
      isStruck = true
      if (victim !== 'server') process.kill(postmaster, 'SIGKILL')
      if (victim !== 'postgres') server.signal('SIGKILL')
    },
    revive,
    async [Symbol.asyncDispose]() {
      // A killed server leaves its database running: the next one takes it over, and stops it.
      if (server.isGone()) server = await relaunch()
      server.signal('SIGTERM')
      await server.ended()
      await network[Symbol.asyncDispose]()
      await rm(data, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

/** A server whose PostgreSQL fell puts up another one by itself. */
async function recovered(old: number, data: string, port: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const isNew = (await postmasterOf(data).catch(() => old)) !== old
    const ready = isNew && (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))
    if (ready && ready.ok) return
    await sleep(20)
  }
  throw new Error('the server does not recover')
}

async function postmasterOf(data: string): Promise<number> {
  const file = await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')
  return Number(file.split('\n', 1)[0])
}
