import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { KINDS } from '../src/protocol/message/kinds.ts'
import { OPS } from '../src/protocol/log/ops.ts'
import { LOG_REFUSALS } from '../src/protocol/log/refusals.ts'
import { BUCKETS, readOuter } from '../src/protocol/message/outer.ts'
import { MESSAGE_REFUSALS } from '../src/protocol/message/refusals.ts'
import { fromBase64url } from '../src/protocol/bytes.ts'
import { checkLog } from './harness/vectors/check-log.ts'
import { CHECKS } from './harness/vectors/check.ts'
import type { Load, LogVectors, MessageVectors, WrapVectors } from './harness/vectors/shapes.ts'

const FOLDER = join(import.meta.dirname, 'vectors/pawpost')
/** Where a new op, kind or reason code is missing here: `npm run vectors`. */
const load: Load = {
  json: async <T>(name: string) => JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as T,
  bytes: async (name) => Uint8Array.from(await readFile(join(FOLDER, name))),
}

for (const [what, check] of Object.entries(CHECKS)) {
  test(`every published vector of ${what} comes out as it is written`, async (t) => {
    const verdicts = await check(load)
    const wrong = verdicts.filter(({ expected, got }) => got !== expected)
    assert.deepEqual(wrong, [])
    assert.ok(verdicts.length > 0)
    t.diagnostic(`${verdicts.length} verdicts`)
  })
}

test('there are vectors for every op and for every refusal of a link', async () => {
  const { links, refused } = await load.json<LogVectors>('log.json')
  // No suite follows the first one yet: the op has only refusals.
  const ops = new Set([...links.map(({ op }) => op), 'suite'])
  assert.deepEqual([...ops].sort(), Object.keys(OPS).sort())
  assert.deepEqual(refused.map(({ reason }) => reason).sort(), Object.keys(LOG_REFUSALS).sort())
})

test('there are vectors for every kind, every size and every refusal of a message', async () => {
  const { messages, refused } = await load.json<MessageVectors>('messages.json')
  const kinds = messages.map(({ inner }) => (inner as { kind: string }).kind)
  assert.deepEqual([...new Set(kinds)].sort(), Object.keys(KINDS).sort())
  const sizes = messages.map(({ envelope }) => readOuter(fromBase64url(envelope)).size)
  assert.deepEqual([...new Set(sizes)].sort(byNumber), BUCKETS)
  const reasons = refused.map(({ reason }) => reason)
  assert.deepEqual(reasons.sort(), Object.keys(MESSAGE_REFUSALS).sort())
})

test('the vectors name no wrap that is believed though it should not be', async () => {
  const { refused } = await load.json<WrapVectors>('wraps.json')
  const reasons = new Set(refused.map(({ reason }) => reason))
  assert.deepEqual([...reasons].sort(), ['wrap-unlogged', 'wrap-wrong'])
})

test('a check of the vectors notices a vector that is wrong', async () => {
  const lying: Load = {
    ...load,
    json: async <T>(name: string) => {
      const text = await readFile(join(FOLDER, name), 'utf8')
      return JSON.parse(text.replaceAll('"signature-invalid"', '"fork"')) as T
    },
  }
  const wrong = (await checkLog(lying)).filter(({ expected, got }) => got !== expected)
  assert.deepEqual(
    wrong.map(({ got }) => got),
    ['signature-invalid'],
  )
})

function byNumber(a: number, b: number): number {
  return a - b
}
