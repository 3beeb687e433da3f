import { describeSettings, readConfig } from '../server/platform/config.ts'
import { aborted } from '../server/platform/http/events.ts'
import { startServer } from '../server/server.ts'
import { orSayWhy } from './command.ts'

const USAGE = `pawpost serve [--data DIR] [--port N] [--origin URL] ...

Runs the Pawpost server until it is told to stop.

${describeSettings()}
`

/** `pawpost serve`: runs the server until `signal` aborts. Throws UsageError on wrong usage. */
export async function serve(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return
  }
  const config = readConfig(args, process.env)
  // Whoever read along may go away; that is no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const say = (line: string): void => console.log(line)
  await orSayWhy(async () => {
    await using server = await startServer(config, { say })
    say(`Pawpost is ready at ${server.origin}`)
    await aborted(signal)
    say('Pawpost is stopping')
  })
}
