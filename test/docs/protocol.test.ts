import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { z } from 'zod'
import { INVITATION_DAYS } from '../../src/keys/invitation.ts'
import {
  HELLO_BYTES,
  LINK_BYTES,
  REQUEST_BYTES,
  WRAP_BYTES,
} from '../../src/protocol/api/households.ts'
import { OUTER_BYTES } from '../../src/protocol/api/messages.ts'
import { joinRequestBody, MOST_GRANTS, OPS, SUITE } from '../../src/protocol/log/ops.ts'
import { LOG_REFUSALS } from '../../src/protocol/log/refusals.ts'
import { KINDS, original } from '../../src/protocol/message/kinds.ts'
import { BUCKETS, CIPHERTEXT_BYTES, FRAME_BYTES } from '../../src/protocol/message/outer.ts'
import { MESSAGE_REFUSALS } from '../../src/protocol/message/refusals.ts'
import { CLOCK_TOLERANCE } from '../../src/protocol/request-signature.ts'

const ROOT = join(import.meta.dirname, '../..')
const text = await readFile(join(ROOT, 'docs/protocol.md'), 'utf8')

/** The rows of the first table after a heading, without its head; cells as they are written. */
function tableAfter(heading: string): readonly (readonly string[])[] {
  const after = text.slice(text.indexOf(`${heading}\n`))
  assert.ok(after.startsWith(heading), heading)
  const lines = after.split('\n')
  const from = lines.findIndex((line) => line.startsWith('| --- '))
  const end = lines.findIndex((line, at) => at > from && !line.startsWith('|'))
  return lines.slice(from + 1, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

function named(...codes: readonly string[]): readonly string[] {
  return codes.map((code) => `\`${code}\``)
}

describe('every reason code is there, with its sentence and what it answers', () => {
  const tables = [
    ['### Why a link is refused', LOG_REFUSALS],
    ['### On receipt', MESSAGE_REFUSALS],
  ] as const
  for (const [heading, codes] of tables) {
    test(heading, () => {
      const rows = tableAfter(heading)
      assert.deepEqual(
        rows.map(([code, says]) => [code, says]),
        Object.entries(codes).map(([code, says]) => [`\`${code}\``, says]),
      )
      for (const [code, , answers = ''] of rows) {
        assert.match(answers, /^(T\d+|[KMADR])( (T\d+|[KMADR]))*$/, code)
      }
    })
  }
})

test('every threat that a rule answers is introduced at the beginning', () => {
  const [introduction = ''] = text.split('## 1. Suite')
  const answered = [...text.matchAll(/\b(T\d+)\b/g)].map(([, threat]) => threat ?? '')
  for (const threat of new Set(answered)) assert.ok(introduction.includes(`**${threat}**`), threat)
  for (const kind of 'KMADR') assert.ok(introduction.includes(`**${kind}**`), kind)
})

test('every op is there with its arguments, in the order of the code', () => {
  const rows = tableAfter('## 4. The log')
  assert.deepEqual(
    rows.map(([op, fields]) => [op, fields]),
    Object.entries(OPS).map(([op, schema]) => [
      `\`${op}\``,
      named(...Object.keys(schema.shape)).join(', '),
    ]),
  )
})

test('every kind of message is there with its body', () => {
  assert.deepEqual(
    tableAfter('## 6. Messages').map(([kind, fields]) => [kind, fields]),
    Object.entries(KINDS).map(([kind, schema]) => [
      `\`${kind}\``,
      named(...Object.keys(schema.shape)).join(', '),
    ]),
  )
})

test('the limits are those of the code', () => {
  const limits = {
    LINK_BYTES,
    WRAP_BYTES,
    REQUEST_BYTES,
    HELLO_BYTES,
    MOST_GRANTS,
    OUTER_BYTES,
    CIPHERTEXT_BYTES,
    FRAME_BYTES,
    CLOCK_TOLERANCE,
    INVITATION_DAYS,
  }
  assert.deepEqual(
    tableAfter('## 8. Limits').map(([name, value]) => [name, Number(value)]),
    Object.entries(limits).map(([name, value]) => [`\`${name}\``, value]),
  )
  const buckets = BUCKETS.map((bytes) => bytes / 1024)
  const sentence = `Buckets: ${buckets.slice(0, -1).join(', ')} and ${buckets.at(-1)} KiB.`
  assert.ok(text.includes(sentence), sentence)
})

test('the shapes have the fields of the schemas, and mark those that may be left out', () => {
  const shapes: Readonly<Record<string, z.ZodObject>> = {
    ...OPS,
    ...KINDS,
    request: joinRequestBody,
    original,
  }
  for (const [name, schema] of Object.entries(shapes)) {
    const written = new RegExp(`^${name} = \\{ (.*) \\}$`, 'm').exec(text)?.[1] ?? ''
    const flat = written.replace(/\{[^{}]*\}/g, '').replace(/\[[^[\]]*\]/g, '')
    const fields = [...flat.matchAll(/(\? )?(\w+):/g)].map(([, may, field]) => [
      field,
      Boolean(may),
    ])
    const expected = Object.entries(schema.shape).map(([field, part]) => [
      field,
      (part as z.ZodType).safeParse(undefined).success,
    ])
    assert.deepEqual(fields, expected, name)
  }
  assert.ok(text.includes(`suite: "${SUITE}"`) && text.includes(`Suite ${SUITE}`))
})

test('the domains that are hashed and signed are exactly those of the code', async () => {
  const domain = /\b(?:pawpost|pp)\/[a-z-]+\/v1(?:\/(?:sig|kem))?/g
  const files = globSync(['src/protocol/**/*.ts', 'src/keys/*.ts'], { cwd: ROOT })
  const sources = files.filter((file) => !file.endsWith('.test.ts'))
  const code = await Promise.all(sources.map((file) => readFile(join(ROOT, file), 'utf8')))
  const plain = (found: string): string => found.replace(/\/(sig|kem)$/, '')
  const inCode = new Set(code.flatMap((source) => source.match(domain) ?? []).map(plain))
  const inText = new Set([...(text.match(domain) ?? [])].map(plain))
  assert.deepEqual([...inText].sort(), [...inCode].sort())
  assert.ok(inCode.size >= 10)
})
