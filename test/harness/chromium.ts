import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const PROGRAM = '/usr/bin/chromium'

/** Chromium without what it would do on its own: no updates, no sync, no network of its own. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type ChromiumOptions = {
  /** What the microphone hears, once: a WAV file. Without it there is a silent fake microphone. */
  microphoneWav?: string
  /** The D-Bus of a virtual toy; switches Web Bluetooth on. */
  dbusAddress?: string
  env?: Record<string, string>
  /** A profile that outlives this browser; a new one, removed at the end, when absent. */
  userDataDir?: string
  args?: readonly string[]
  /** The language that this browser asks for, such as `es-MX`; American English without it. */
  locale?: string
  /** `block`: no service worker is installed, so that every start asks the server. */
  serviceWorkers?: 'allow' | 'block'
}

export type Chromium = AsyncDisposable & {
  readonly context: BrowserContext
  /** The tab that the browser starts with. */
  readonly page: Page
}

/**
 * Starts the machine's own Chromium, headless, with one profile. Two calls are two people: they
 * share nothing. `await using browser = await launchChromium()` closes it at the end of the block.
 */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const folder = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'pawpost-chromium-')))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: PROGRAM,
    headless: true,
    ...(options.locale !== undefined && { locale: options.locale }),
    serviceWorkers: options.serviceWorkers ?? 'allow',
    args: [...QUIET, ...microphone(options), ...bluetooth(options), ...(options.args ?? [])],
    env: environment(options),
  })
  const close = async (): Promise<void> => {
    await context.close()
    if (options.userDataDir === undefined)
      await rm(folder, { recursive: true, force: true, maxRetries: 20 })
  }
  const page = context.pages()[0] ?? (await context.newPage())
  return { context, page, [Symbol.asyncDispose]: close }
}

function microphone({ microphoneWav }: ChromiumOptions): string[] {
  const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  return microphoneWav === undefined
    ? fake
    : [...fake, `--use-file-for-fake-audio-capture=${microphoneWav}%noloop`]
}

function bluetooth({ dbusAddress }: ChromiumOptions): string[] {
  return dbusAddress === undefined ? [] : ['--enable-features=WebBluetooth']
}

function environment({ dbusAddress, env = {} }: ChromiumOptions): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const bus = dbusAddress === undefined ? {} : { DBUS_SYSTEM_BUS_ADDRESS: dbusAddress }
  return { ...Object.fromEntries(own), ...bus, ...env }
}

/**
 * Answers the next Bluetooth dialogue of `page` with the first device whose name begins with
 * `name`, as a person would. Call it before the click that opens the dialogue, once per dialogue.
 */
export async function chooseDevice(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  let answered = false
  session.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
    const device = devices.find((one) => one.name.startsWith(name))
    if (device === undefined || answered) return
    // A dialogue is announced again with every change of its list, and to every session;
    // Chromium 156 falls over a check of its own when it is answered twice.
    answered = true
    const choice = { id, deviceId: device.id }
    const done = session.send('DeviceAccess.selectPrompt', choice).then(() => session.detach())
    // When the page has closed meanwhile, its test has failed for a better reason.
    done.catch(() => undefined)
  })
  await session.send('DeviceAccess.enable')
}
