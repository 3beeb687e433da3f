import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const HASHCAT = '/usr/bin/hashcat'
/** hashcat's number for bcrypt. */
const BCRYPT = '3200'

/** Undefined if hashcat can work here; otherwise why it cannot. */
export async function findHashcat(): Promise<string | undefined> {
  if (!existsSync(HASHCAT)) return 'it is not installed'
  const said = await hashcat(['-I'])
  if (/Backend Device ID #/.test(said)) return undefined
  return said.split('\n').find((line) => /^ATTENTION|^No |clGet/.test(line)) ?? 'it has no device'
}

/**
 * Guesses at bcrypt hashes, a line each, with a list of words; gives what it found and said. The
 * first run on a machine compiles hashcat's program for the device: a minute, on a busy machine more.
 */
export async function runHashcat(
  folder: string,
  lines: readonly string[],
  words: readonly string[],
): Promise<{ words: string[]; said: string }> {
  const name = join(folder, `hashcat-${randomBytes(4).toString('hex')}`)
  const [loot, list, out] = [`${name}.loot`, `${name}.words`, `${name}.found`]
  await writeFile(loot, lines.map((line) => `${line}\n`).join(''), 'latin1')
  await writeFile(list, words.map((word) => `${word}\n`).join(''))
  await writeFile(out, '')
  const plain = ['--outfile', out, '--outfile-format', '2']
  const alone = ['--session', name.slice(-8), '--potfile-disable', '--restore-disable']
  const quiet = ['--logfile-disable', '--status-timer', '600']
  const said = await hashcat(['-m', BCRYPT, '-a', '0', ...plain, ...alone, ...quiet, loot, list])
  const found = (await readFile(out, 'utf8')).split('\n').filter((line) => line !== '')
  return { words: found, said }
}

/** Standard input stays closed: otherwise it waits for keys. */
async function hashcat(args: readonly string[]): Promise<string> {
  const program = spawn(HASHCAT, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await Promise.all([text(program.stdout), text(program.stderr)])
  return said.join('')
}
