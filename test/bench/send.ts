import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../../src/client/client.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { flush } from '../../src/client/outbox.ts'
import { openProfile } from '../../src/cli/client/profile.ts'
import { mailsIn } from '../harness/command.ts'
import { setScene } from '../harness/kills.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder } from '../harness/server.ts'
import { measure, percentile, type Figure } from '../harness/timing.ts'

const SOUND = 45_000
/** About what 45 kB of sound are on the wire and in the outbox. */
const STORED = 60_000
const WARM = 20
const SENDS = 200

/**
 * Sending 45 kB of sound on loopback with the command line's library, from a profile folder to a
 * server in a process of its own, warm, as a relative does (two addressees): until it is safe in the
 * outbox, and until the server has acknowledged it. Beside it, on the same machine in the same
 * minutes, what cannot be saved: one synced write to the disk, and one bare request of that size.
 */
export async function bench(): Promise<readonly Figure[]> {
  const data = await freshDataFolder()
  try {
    await using server = await startServerProcess(['--data', data, '--port', '0', '--log', 'warn'])
    const target = { origin: server.origin, mails: () => mailsIn(data) }
    await using scene = await setScene(target)
    using profile = await openProfile(scene.profile)
    const sent = await sends(profile.client)
    const synced = await syncedWrites()
    const bare = await bareRequests(server.origin)
    return figures(sent, { synced, bare })
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
  }
}

type Sent = { readonly kept: readonly number[]; readonly acknowledged: readonly number[] }

async function sends(client: Client): Promise<Sent> {
  const kept: number[] = []
  const sound = (): Uint8Array<ArrayBuffer> => Uint8Array.from(randomBytes(SOUND))
  const acknowledged = await measure({ warm: WARM, times: SENDS }, async () => {
    const started = performance.now()
    await sendVoice(client, { sound: sound(), durationMs: 22_500, to: 'child' })
    kept.push(performance.now() - started)
    await flush(client)
  })
  return { kept: kept.slice(WARM), acknowledged }
}

async function syncedWrites(): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-bench-'))
  const file = await open(join(folder, 'file'), 'w')
  try {
    const bytes = randomBytes(STORED)
    return await measure({ warm: WARM, times: SENDS }, async () => {
      await file.write(bytes)
      await file.datasync()
    })
  } finally {
    await file.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

/** Requests that the server reads and refuses: what the way there and back costs. */
function bareRequests(origin: string): Promise<readonly number[]> {
  const body = Uint8Array.from(randomBytes(STORED))
  return measure({ warm: WARM, times: SENDS }, async () => {
    const response = await fetch(`${origin}/healthz`, { method: 'PUT', body })
    await response.arrayBuffer()
  })
}

function figures(
  { kept, acknowledged }: Sent,
  limits: Readonly<Record<'synced' | 'bare', readonly number[]>>,
): readonly Figure[] {
  const ms = (name: string, values: readonly number[], p: number): Figure => ({
    name: `${name}, p${p}`,
    value: percentile(values, p),
    unit: 'ms',
  })
  const [synced, bare] = [percentile(limits.synced, 50), percentile(limits.bare, 50)]
  const sent = percentile(acknowledged, 50)
  return [
    ms('45 kB acknowledged', acknowledged, 50),
    ms('45 kB acknowledged', acknowledged, 95),
    ms('45 kB safe in the outbox', kept, 50),
    ms('45 kB safe in the outbox', kept, 95),
    ms('60 kB written and synced', limits.synced, 50),
    ms('60 kB put and refused', limits.bare, 50),
    { name: 'acknowledged / (synced + put)', value: sent / (synced + bare), unit: 'times' },
  ]
}
