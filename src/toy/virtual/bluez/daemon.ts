import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A D-Bus of our own: nobody else's bus is touched, and nobody else is on it. */
export type PrivateBus = AsyncDisposable & {
  /** For `DBUS_SYSTEM_BUS_ADDRESS` of the browser that shall meet the toy. */
  readonly address: string
}

/**
 * Starts a dbus-daemon in a new folder that only this user may enter. Rejects when the program
 * `dbus-daemon` is not installed. Disposing ends the daemon and removes the folder.
 */
export async function startPrivateBus(): Promise<PrivateBus> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-bus-'))
  const config = join(folder, 'bus.conf')
  await writeFile(config, configuration(join(folder, 'bus')), { mode: 0o600 })
  const daemon = spawn(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--print-address=1'],
    {
      // What it says on standard error (limits it may not raise) is of no use to anybody here.
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const stop = async (): Promise<void> => {
    if (daemon.exitCode === null && daemon.pid !== undefined && daemon.kill()) {
      await once(daemon, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { address: await firstLine(daemon), [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function firstLine(daemon: ChildProcess): Promise<string> {
  const failed = once(daemon, 'exit').then((): never => {
    throw new Error('dbus-daemon ended before it was ready')
  })
  const [chunk]: unknown[] = await Promise.race([once(daemon.stdout ?? daemon, 'data'), failed])
  return String(chunk).trim()
}

/** Only users who can reach the socket get here, so everything is allowed on the bus itself. */
function configuration(socket: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true"/>
    <allow receive_type="method_call"/>
    <allow receive_type="signal"/>
    <allow receive_requested_reply="true"/>
  </policy>
</busconfig>
`
}
