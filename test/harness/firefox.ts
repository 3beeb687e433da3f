import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const PROGRAM = '/usr/bin/firefox-esr'

/** Firefox without what it would do on its own: no updates, no portals, no reports. */
const QUIET = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'media.autoplay.default': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'services.settings.server': '',
  'toolkit.telemetry.enabled': false,
}

/** The machine's own Firefox with one page, driven by WebDriver BiDi (w3c.github.io/webdriver-bidi). */
export type Firefox = AsyncDisposable & {
  /** Opens an address and waits until it is loaded. */
  open(url: string): Promise<void>
  /** The value of an expression in the page, which may be a promise of JSON. */
  evaluate<T>(expression: string): Promise<T>
  /** What the page asked for, its own address included. */
  readonly asked: readonly string[]
  /** Errors in its console. */
  readonly trouble: readonly string[]
}

/**
 * What it takes for pushes from a service at an address (ws://…): remote control would otherwise cut
 * Firefox off from it, and there is no desktop here that would show a notice.
 */
export function pushesFrom(address: string): Preferences {
  return {
    'alerts.useSystemBackend': false,
    'dom.push.serverURL': address,
    'dom.push.testing.allowInsecureServerURL': true,
    'permissions.default.desktop-notification': 1,
    'remote.prefs.recommended': false,
  }
}

type Preferences = Readonly<Record<string, string | number | boolean>>

export async function launchFirefox(preferences: Preferences = {}): Promise<Firefox> {
  await using parts = new AsyncDisposableStack()
  const profile = await mkdtemp(join(tmpdir(), 'pawpost-firefox-'))
  parts.defer(() => rm(profile, { recursive: true, force: true, maxRetries: 20 }))
  const lines = Object.entries({ ...QUIET, ...preferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  await writeFile(join(profile, 'user.js'), lines.join(''))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  parts.defer(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  const line = parts.use(await connect(await addressIn(child.stderr)))
  const page = await firstPage(line)
  const held = parts.move()
  return { ...page, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

async function addressIn(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const text of createInterface({ input: stderr })) {
    const found = /WebDriver BiDi listening on (ws:\S+)/.exec(text)?.[1]
    if (found !== undefined) {
      stderr.resume()
      return `${found}/session`
    }
  }
  throw new Error('Firefox ended before it listened')
}

type Params = Readonly<Record<string, unknown>>
type Line = AsyncDisposable & {
  ask(method: string, params: Params): Promise<Params>
  readonly events: { method: string; params: Params }[]
}

async function connect(address: string): Promise<Line> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, PromiseWithResolvers<Params>>()
  const events: Line['events'] = []
  socket.addEventListener('message', ({ data }) => {
    const said = JSON.parse(String(data)) as {
      id?: number
      result?: Params
      error?: string
    } & Params
    if (typeof said.id !== 'number') {
      events.push({ method: String(said['method']), params: said['params'] as Params })
      return
    }
    const asked = waiting.get(said.id)
    if (said.error === undefined) asked?.resolve(said.result ?? {})
    else asked?.reject(new Error(`${said.error}: ${String(said['message'])}`))
  })
  let last = 0
  return {
    events,
    ask(method, params) {
      const id = (last += 1)
      const asked = Promise.withResolvers<Params>()
      waiting.set(id, asked)
      socket.send(JSON.stringify({ id, method, params }))
      return asked.promise
    },
    async [Symbol.asyncDispose]() {
      socket.close()
    },
  }
}

async function firstPage(line: Line): Promise<Omit<Firefox, typeof Symbol.asyncDispose>> {
  await line.ask('session.new', { capabilities: {} })
  const events = ['network.beforeRequestSent', 'log.entryAdded']
  await line.ask('session.subscribe', { events })
  const { context } = await line.ask('browsingContext.create', { type: 'tab' })
  const named = (method: string): Params[] =>
    line.events.filter((event) => event.method === method).map(({ params }) => params)
  return {
    async open(url) {
      await line.ask('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async evaluate<T>(expression: string) {
      const answer = await line.ask('script.evaluate', {
        expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
        target: { context },
        awaitPromise: true,
        userActivation: true,
      })
      if (answer['type'] !== 'success') throw new Error(JSON.stringify(answer['exceptionDetails']))
      return JSON.parse((answer['result'] as { value: string }).value) as T
    },
    get asked() {
      const mine = named('network.beforeRequestSent').filter(
        (params) => params['context'] === context,
      )
      return mine.map(({ request }) => (request as { url: string }).url)
    },
    get trouble() {
      const errors = named('log.entryAdded').filter(({ level }) => level === 'error')
      return errors.map(({ text }) => String(text))
    },
  }
}
