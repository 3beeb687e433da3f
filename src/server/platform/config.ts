import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../../protocol/usage.ts'
import type { LogLevel } from './log.ts'
import { KNOWN_PUSH_HOSTS, parsePushHosts, type PushHosts } from './push-hosts.ts'

/** One setting: everything that parsing, documentation and masking need to know about it. */
type Setting<T> = {
  readonly doc: string
  /** What stands for it in the documentation, such as DIR. */
  readonly value: string
  readonly secret: boolean
  readonly fallback: () => T
  /** Throws UsageError. */
  readonly parse: (text: string) => T
}

const MIB = 1024 * 1024
const LOOPBACK = ['localhost', '127.0.0.1', '::1'] as const
const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
/** Auth0's names, weakest first; each asks for something on top of the rules that always hold. */
export const PASSWORD_LEVELS = ['none', 'low', 'fair', 'good', 'excellent'] as const
export type PasswordLevel = (typeof PASSWORD_LEVELS)[number]
/** Whether everybody has to have a second factor. */
export const SECOND_FACTOR = ['offered', 'required'] as const
export type SecondFactor = (typeof SECOND_FACTOR)[number]
/** What happens about a breached password. */
export const BREACH_SHIELDS = ['refuse', 'mail', 'operator'] as const
export type BreachShield = (typeof BREACH_SHIELDS)[number]
/** When a password is looked up among the breached ones. */
export const BREACH_STAGES = ['sign-up', 'change', 'reset', 'sign-in'] as const
export type BreachStage = (typeof BREACH_STAGES)[number]

/**
 * Every setting, declared once. `--postgres-bin DIR` on the command line wins over
 * `PAWPOST_POSTGRES_BIN=DIR` in the environment.
 */
export const SETTINGS = {
  data: setting({
    doc: 'Folder of everything the server keeps.',
    value: 'DIR',
    fallback: defaultFolder,
    parse: (text: string) => resolve(text),
  }),
  port: setting({
    doc: 'TCP port; 0 takes any free one.',
    value: 'N',
    fallback: () => 8080,
    parse: parsePort,
  }),
  host: setting({
    doc: 'Address to listen on. Plain HTTP is offered on loopback only: put a TLS proxy before it.',
    value: 'ADDRESS',
    fallback: () => 'localhost',
    parse: parseHost,
  }),
  origin: setting<string | undefined>({
    doc: 'Where people reach Pawpost, such as https://pawpost.example; http://localhost:PORT if not given.',
    value: 'URL',
    fallback: () => undefined,
    parse: parseOrigin,
  }),
  forwarded: setting<string | undefined>({
    doc: 'Header in which your proxy says for whom it speaks, such as x-forwarded-for: its last entry counts.',
    value: 'HEADER',
    fallback: () => undefined,
    parse: parseHeader,
  }),
  answerMs: setting({
    doc: 'Milliseconds after which sign-in, sign-up and reset answer, whatever they found: longer than two hashes take.',
    value: 'MS',
    fallback: () => 1000,
    parse: parseAnswer,
  }),
  postgresBin: setting<string | undefined>({
    doc: 'Folder of the programs of another PostgreSQL; the one that comes along if not given.',
    value: 'DIR',
    fallback: () => undefined,
    parse: (text: string) => resolve(text),
  }),
  log: setting<LogLevel>({
    doc: `How much to log on standard error: ${LEVELS.join(', ')}; info, or warn on a terminal.`,
    value: 'LEVEL',
    fallback: () => (process.stderr.isTTY ? 'warn' : 'info'),
    parse: (text) => oneOf('log', LEVELS, text),
  }),
  vault: setting<string | undefined>({
    doc: 'Socket of a vault in a process of its own (pawpost vault serve); in this process if not given.',
    value: 'SOCKET',
    fallback: () => undefined,
    parse: (text: string) => resolve(text),
  }),
  secondFactor: setting<SecondFactor>({
    doc: `Whether people need an authenticator app or a passkey to sign in: ${SECOND_FACTOR.join(', ')}; offered.`,
    value: 'WHETHER',
    fallback: () => 'offered',
    parse: (text) => oneOf('second-factor', SECOND_FACTOR, text),
  }),
  passwordLevel: setting<PasswordLevel>({
    doc: `What passwords need on top of their length: ${PASSWORD_LEVELS.join(', ')}; none, which is best.`,
    value: 'LEVEL',
    fallback: () => 'none',
    parse: (text) => oneOf('password-level', PASSWORD_LEVELS, text),
  }),
  breachFilter: setting<string | undefined>({
    doc: 'Filter of breached passwords made by pawpost pwned build, besides the one that comes along.',
    value: 'FILE',
    fallback: () => undefined,
    parse: (text: string) => resolve(text),
  }),
  breachSorted: setting<string | undefined>({
    doc: 'Sorted list of breached passwords (SHA1:COUNT): confirms hits of the filter, or stands for it.',
    value: 'FILE',
    fallback: () => undefined,
    parse: (text: string) => resolve(text),
  }),
  breachUpstream: setting<string | undefined>({
    doc: 'Service to ask as well, such as https://api.pwnedpasswords.com: it learns five digits of a hash.',
    value: 'URL',
    fallback: () => undefined,
    parse: parseUpstream,
  }),
  breachShields: setting<readonly BreachShield[]>({
    doc: `What happens about a breached password: ${BREACH_SHIELDS.join(',')}; all three, or none.`,
    value: 'LIST',
    fallback: () => BREACH_SHIELDS,
    parse: (text) => someOf('breach-shields', BREACH_SHIELDS, text),
  }),
  breachStages: setting<readonly BreachStage[]>({
    doc: `When breached passwords are looked for: ${BREACH_STAGES.join(',')}; always, or none.`,
    value: 'LIST',
    fallback: () => BREACH_STAGES,
    parse: (text) => someOf('breach-stages', BREACH_STAGES, text),
  }),
  familySpace: setting({
    doc: 'MiB that the recordings of one family may take up, until they are let go; 5120.',
    value: 'MIB',
    fallback: () => 5120 * MIB,
    parse: parseSpace,
  }),
  pushHosts: setting<PushHosts>({
    doc: `Push services that may be called to tell browsers that post came: ${KNOWN_PUSH_HOSTS.join(',')}; those, or none.`,
    value: 'LIST',
    fallback: () => KNOWN_PUSH_HOSTS,
    parse: parsePushHosts,
  }),
} as const

type Settings = typeof SETTINGS
export type Config = { readonly [Name in keyof Settings]: ReturnType<Settings[Name]['parse']> }

const NAMES = Object.keys(SETTINGS) as (keyof Settings)[]

/** Reads all settings. Throws UsageError on an unknown flag or a value that makes no sense. */
export function readConfig(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Config {
  const flags = readFlags(args)
  const entries = NAMES.map((name) => {
    const text = flags[flagOf(name)] ?? environment[variableOf(name)]
    return [name, text === undefined ? SETTINGS[name].fallback() : SETTINGS[name].parse(text)]
  })
  return Object.fromEntries(entries) as Config
}

/** One line per setting, for `--help` and the documentation. */
export function describeSettings(): string {
  return NAMES.map((name) => {
    const { doc, value } = SETTINGS[name]
    return `  --${flagOf(name)} ${value} (${variableOf(name)})\n      ${doc}`
  }).join('\n')
}

function readFlags(args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(
    NAMES.map((name) => [flagOf(name), { type: 'string' }] as const),
  )
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}

function setting<T>(it: Omit<Setting<T>, 'secret'> & { secret?: boolean }): Setting<T> {
  return { secret: false, ...it }
}

function flagOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function variableOf(name: string): string {
  return `PAWPOST_${flagOf(name).replaceAll('-', '_').toUpperCase()}`
}

/**
 * Where a person's programs keep their data (XDG base directory specification); root's is the
 * system's, because the database runs as a lesser user who cannot look into root's home.
 */
function defaultFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/pawpost'
  const base = process.env['XDG_DATA_HOME']
  return base?.startsWith('/') ? join(base, 'pawpost') : join(homedir(), '.local/share/pawpost')
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError('--port takes a number from 0 to 65535')
  return port
}

function parseHost(text: string): string {
  if ((LOOPBACK as readonly string[]).includes(text)) return text
  throw new UsageError(
    `--host takes ${LOOPBACK.join(', ')}: Pawpost speaks plain HTTP to this machine only. ` +
      'Put a proxy with TLS before it to be reached from elsewhere.',
  )
}

function parseHeader(text: string): string {
  if (/^[a-z][a-z-]{0,63}$/i.test(text)) return text.toLowerCase()
  throw new UsageError('--forwarded takes the name of a header')
}

function parseSpace(text: string): number {
  const mib = Number(text)
  if (!/^\d{1,9}$/.test(text) || mib < 1) {
    throw new UsageError(`family-space is a number of MiB, not ${text}`)
  }
  return mib * MIB
}

function parseAnswer(text: string): number {
  const ms = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(ms <= 10_000)) throw new UsageError('--answer-ms takes a number from 0 to 10000')
  return ms
}

function parseOrigin(text: string): string {
  const url = parseService(text)
  if (!url || url.origin !== text.replace(/\/$/, '')) {
    throw new UsageError('--origin takes https://NAME[:PORT] and nothing behind it')
  }
  return url.origin
}

function parseUpstream(text: string): string {
  const url = parseService(text)
  const bareUrl = url && url.username === '' && url.search === '' && url.hash === ''
  if (!bareUrl) throw new UsageError('--breach-upstream takes https://NAME[:PORT][/PATH]')
  return url.href.replace(/\/$/, '')
}

/** A URL with TLS, or of this machine. */
function parseService(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const loopback = url && (LOOPBACK as readonly string[]).includes(bare(url.hostname))
  const usable = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)
  return usable ? url : undefined
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function oneOf<T extends string>(flag: string, words: readonly T[], text: string): T {
  const word = words.find((each) => each === text)
  if (!word) throw new UsageError(`--${flag} takes one of ${words.join(', ')}`)
  return word
}

/** Some of the words with commas between them, or "none". */
function someOf<T extends string>(flag: string, words: readonly T[], text: string): readonly T[] {
  const asked = text === 'none' ? [] : text.split(',').map((word) => word.trim())
  const found = words.filter((word) => asked.includes(word))
  if (found.length !== asked.length) {
    throw new UsageError(`--${flag} takes none, or some of ${words.join(',')}`)
  }
  return found
}
