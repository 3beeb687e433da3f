import { readFileSync } from 'node:fs'

/** Whether a process of this id runs, ours or not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * What tells a process from a later one with the same id: boot and start time. Empty where the
 * system does not say (then the id alone has to do).
 */
export function birthOf(pid: number): string {
  const boot = readProc('/proc/sys/kernel/random/boot_id')?.trim()
  const started = statFields(pid)?.[19]
  return boot === undefined || started === undefined ? '' : `${boot}/${started}`
}

/** The command line of a process, or undefined where the system does not say. */
export function commandOf(pid: number): readonly string[] | undefined {
  return readProc(`/proc/${pid}/cmdline`)?.split('\0')
}

/** Waits until a process is gone; false when it is still there after `ms`. */
export async function waitForExit(pid: number, ms: number): Promise<boolean> {
  const until = Date.now() + ms
  while (isRunning(pid)) {
    if (Date.now() > until) return false
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return true
}

function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === 'Z'
}

/** The fields of /proc/PID/stat from the third (the state) on; the second may hold spaces. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
