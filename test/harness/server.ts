import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/server/platform/config.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface TestServer extends AsyncDisposable {
  readonly origin: string
  readonly port: number
  readonly data: string
  /** Everything that was logged, a JSON document a line. */
  readonly lines: readonly string[]
  /** The mails in the outbox, oldest first, as they lie there. */
  mails(): Promise<string[]>
  /** Stops the server, and starts it again on the same data folder and port. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

export type TestServerOptions = Omit<ServerOptions, 'logTo'> & {
  /** Flags as on the command line, such as `--origin`. */
  readonly args?: readonly string[]
}

/**
 * A real server with a real PostgreSQL on a fresh data folder and a free port. initdb runs once for
 * all tests: its result is kept under .cache and copied.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const data = await freshDataFolder()
  const lines: string[] = []
  let server = await start(data, 0, options, lines)
  const { port, origin } = server
  const close = async (): Promise<void> => {
    await server.close()
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
  }
  return {
    origin,
    port,
    data,
    lines,
    close,
    mails: () => readMails(data),
    async restart(meanwhile) {
      await server.close()
      await meanwhile?.()
      server = await start(data, port, options, lines)
    },
    [Symbol.asyncDispose]: close,
  }
}

function start(
  data: string,
  port: number,
  { args = [], ...options }: TestServerOptions,
  lines: string[],
): Promise<RunningServer> {
  // Nobody who tests other things waits for deadlines; a later flag wins.
  const always = ['--data', data, '--port', String(port), '--answer-ms', '0']
  const config = readConfig([...always, ...args], {
    PAWPOST_LOG: 'debug',
  })
  return startServer(config, { ...options, logTo: { write: (line) => void lines.push(line) } })
}

export async function readMails(data: string): Promise<string[]> {
  const outbox = join(data, 'outbox')
  const names = (await readdir(outbox)).filter((name) => name.endsWith('.eml'))
  return Promise.all(names.toSorted().map((name) => readFile(join(outbox, name), 'utf8')))
}

let template: Promise<string> | undefined

/** A data folder of a server that was started and stopped once. The caller removes it. */
export async function freshDataFolder(): Promise<string> {
  template ??= templateFolder()
  const data = await mkdtemp(join(tmpdir(), 'pawpost-test-'))
  await run('cp', ['-a', '--reflink=auto', `${await template}/.`, data])
  return data
}

/** Made by whoever comes first; keyed by everything that has a say in it. */
async function templateFolder(): Promise<string> {
  const cache = join(ROOT, '.cache', 'test-data')
  const template = join(cache, templateKey())
  if (existsSync(template)) {
    const now = new Date()
    await utimes(template, now, now)
    return template
  }
  await mkdir(cache, { recursive: true })
  await removeOld(cache)
  const fresh = await mkdtemp(join(tmpdir(), 'pawpost-template-'))
  // The cheapest cost that is allowed: otherwise the tests would mostly hash.
  const cost = { memoryCost: 19_456, timeCost: 2 }
  await writeFile(join(fresh, 'password-cost.json'), JSON.stringify(cost))
  const server = await startServer(readConfig(['--data', fresh, '--port', '0'], {}), {
    logTo: { write: () => {} },
  })
  await server.close()
  const beside = `${template}.${process.pid}`
  await run('cp', ['-a', fresh, beside])
  await rm(fresh, { recursive: true, force: true, maxRetries: 20 })
  await rename(beside, template).catch(() => rm(beside, { recursive: true, force: true }))
  return template
}

/** Templates of earlier sources: 45 MB each. Those used lately may be in use by another run. */
async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const age = Date.now() - (await stat(path)).mtimeMs
    if (age > 3_600_000) await rm(path, { recursive: true, force: true })
  }
}

function templateKey(): string {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  hash.update(String(process.getuid?.()))
  const sources = [
    'package-lock.json',
    'migrations/*.sql',
    'src/server/platform/postgres/*.ts',
    'test/harness/server.ts',
  ]
  for (const path of globSync(sources, { cwd: ROOT }).toSorted()) {
    hash.update(path).update(readFileSync(join(ROOT, path)))
  }
  return hash.digest('hex').slice(0, 24)
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${command} failed (${code})`)
}
