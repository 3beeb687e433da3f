import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { newestCode } from './account.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')

export type Ran = {
  /** The exit code, or null after a signal's end. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `pawpost …` as a person does, to its end. */
export async function pawpost(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(LAUNCHER, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, stdout, stderr }
}

/** How a command was refused: what stands on standard error. */
export type Refusal = { readonly code: string; readonly message: string; readonly reason?: string }

/** A profile folder and the commands of its person. */
export type Person = {
  readonly folder: string
  /** Runs a command that succeeds; gives the one JSON document it printed. */
  does(...args: readonly string[]): Promise<unknown>
  /** As {@link does}, with a line on standard input. */
  says(secret: string, ...args: readonly string[]): Promise<unknown>
  /** Runs a command that is refused with exit code 1; gives what standard error said. */
  refused(...args: readonly string[]): Promise<Refusal>
  /** Runs a command, whatever comes of it. */
  tries(...args: readonly string[]): Promise<Ran>
}

export function personAt(folder: string): Person {
  const run = (args: readonly string[], input?: string): Promise<Ran> =>
    pawpost(['client', '--profile', folder, ...args], input)
  return {
    folder,
    does: async (...args) => printed(await run(args), args),
    says: async (secret, ...args) => printed(await run(args, `${secret}\n`), args),
    refused: async (...args) => refusal(await run(args), args),
    tries: (...args) => run(args),
  }
}

function printed({ code, stdout, stderr }: Ran, args: readonly string[]): unknown {
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  assert.match(stdout, /^[^\n]+\n$/, 'one JSON document, one line')
  return JSON.parse(stdout) as unknown
}

function refusal({ code, stdout, stderr }: Ran, args: readonly string[]): Refusal {
  assert.equal(code, 1, `${args.join(' ')}: ${stdout}${stderr}`)
  assert.equal(stdout, '')
  const error = JSON.parse(stderr) as Refusal
  assert.equal(typeof error.code, 'string')
  assert.equal(typeof error.message, 'string')
  return error
}

/** A `pawpost` command that goes on until it is stopped. */
export type Running = AsyncDisposable & {
  /** What the pattern's first group found in what it said. */
  readonly found: string
  stop(): Promise<void>
}

/** Starts `pawpost …` and waits until it has said something that fits `pattern`. */
export async function pawpostUntil(args: readonly string[], pattern: RegExp): Promise<Running> {
  const child = spawn(LAUNCHER, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  const found = await new Promise<string>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${words}`)))
    const hear = (chunk: Buffer): void => {
      words += chunk.toString()
      const match = pattern.exec(words)?.[1]
      if (match !== undefined) resolve(match)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  const stop = (): Promise<void> => end(child)
  return { found, stop, [Symbol.asyncDispose]: stop }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}

/** Starts a server; `found` is its origin. */
export function pawpostServe(data: string, port: number): Promise<Running> {
  const args = [
    'serve',
    '--data',
    data,
    '--port',
    String(port),
    '--log',
    'warn',
    '--answer-ms',
    '0',
  ]
  return pawpostUntil(args, /Pawpost is ready at (\S+)/)
}

/** The mails in a data folder's outbox, oldest first. */
export async function mailsIn(data: string): Promise<string[]> {
  const outbox = join(data, 'outbox')
  const names = (await readdir(outbox)).filter((name) => name.endsWith('.eml')).toSorted()
  return Promise.all(names.map((name) => readFile(join(outbox, name), 'utf8')))
}

/** The newest verification code for an address, out of the mails in the data folder. */
export function mailedCode(data: string, email: string): Promise<string> {
  return newestCode({ mails: () => mailsIn(data) }, email)
}
