import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../../protocol/usage.ts'
import { askForRotation, readProgress } from '../../server/rotation/progress.ts'
import { readFlags } from '../command.ts'

const USAGE = `pawpost vault rotate --data DIR [--no-wait]

Asks the server that runs on DIR to replace every key of its vault and to seal everything anew, while
it goes on serving; the old keys are destroyed at the end. A server that is stopped does it, or goes
on with it, when it is started again. Asked again meanwhile, it waits for the one under way.

  --no-wait  asks, and does not wait for the end
`

const LOOK_MS = 250

const SAYS = {
  asked: 'Asked for. The server begins as soon as it runs.',
  sealing: 'Everything is being sealed under new keys.',
  retiring: 'Everything is sealed anew; in a few minutes the old keys are destroyed.',
} as const

/** `pawpost vault rotate`. Stopped by `signal`, the rotation goes on. Throws UsageError. */
export async function vaultRotate(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { data, wait } = readOptions(args)
  await askForRotation(data)
  let said: string | undefined
  while (!signal.aborted) {
    const progress = await readProgress(data)
    if (!progress) return console.log('The keys were rotated.')
    if (progress.phase !== said) console.log(SAYS[progress.phase])
    said = progress.phase
    if (!wait) return
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
}

function readOptions(args: string[]): { data: string; wait: boolean } {
  const options = { data: { type: 'string' }, 'no-wait': { type: 'boolean' } } as const
  const { data, 'no-wait': apart = false } = readFlags(USAGE, { args, options }).values
  if (data === undefined) throw new UsageError(USAGE)
  return { data, wait: !apart }
}
