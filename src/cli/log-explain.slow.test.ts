import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { LogVectors } from '../../test/harness/vectors/shapes.ts'
import { OPS } from '../protocol/log/ops.ts'
import { LOG_REFUSALS } from '../protocol/log/refusals.ts'
import { UsageError } from '../protocol/usage.ts'
import { explainLog, logExplain } from './log-explain.ts'

const VECTORS = join(import.meta.dirname, '../../test/vectors/pawpost/log.json')
const { links, refused } = JSON.parse(await readFile(VECTORS, 'utf8')) as LogVectors
const lines = links.map(({ bytes }) => bytes)

const folder = await mkdtemp(join(tmpdir(), 'pawpost-explain-'))
after(() => rm(folder, { recursive: true }))

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'family.links')
  await writeFile(file, text)
  return file
}

/** What a command prints. */
async function printed(run: () => Promise<void>): Promise<string> {
  const said: string[] = []
  const real = console.log
  console.log = (line: string) => void said.push(line)
  try {
    await run()
  } finally {
    console.log = real
  }
  return said.join('\n')
}

test('a whole log is told link by link: who did what', () => {
  const told = explainLog(lines)
  assert.equal(told.refused, undefined)
  assert.deepEqual(
    told.links.map(({ op }) => op),
    links.map(({ op }) => op),
  )
  const says = (seq: number): string => told.links[seq]?.says ?? ''
  const who = /^guardian pr-[\w-]{6} \((recovery card )?dev-[\w-]{6}\) /
  for (const { says } of told.links) assert.match(says, who)
  assert.match(says(0), /begins the household hh-.{6} with the device .* needs approval; consents/)
  assert.match(says(0), /; consents for the child ch-.{6}, to the terms PC1$/)
  assert.match(says(1), /invites a relative: inv-.{6}, to be used until 2026-05-08 00:00 UTC$/)
  assert.match(says(2), /lets the relative pr-.{6} with the device dev-.{6} in by the invitation/)
  assert.match(says(6), /household moves to epoch 2, for 3 devices; the newcomer is given 1 epoch/)
  assert.match(says(7), /one more device of the same person, dev-.{6}, and gives it 1 epoch of pr-/)
  assert.match(says(8), /sets the rules: .* needs approval, but that of pr-.{6}, and .* for ever$/)
  assert.match(says(10), /cancels the invitation inv-/)
  assert.match(
    says(13),
    /ends the device dev-.{6} of the guardian pr-.{6} after its message 5; pr-/,
  )
  assert.match(says(14), /replaces a secret: the household moves to epoch 4/)
  assert.match(says(15), /removes the relative pr-.{6}, ending dev-.{6} after message 1$/)
  assert.match(says(16), /^guardian pr-.{6} \(recovery card dev-.{6}\) enrols/)
  assert.match(
    says(17),
    /\) leaves, ending dev-.{6} after message 9; the household moves to epoch 5/,
  )
})

test('what guardians decide is told', () => {
  const says = explainLog(lines).links.map((link) => link.says)
  const told = (words: RegExp): void =>
    assert.ok(
      says.some((one) => words.test(one)),
      String(words),
    )
  told(/\) announces to remove the guardian pr-.{6} after 72 hours$/)
  told(/\) takes back the announcement to remove the guardian pr-.{6}$/)
  told(/\) sets the rules: a relative's message needs approval, and messages are kept 30 days$/)
  told(/\) consents for the child ch-.{6}, to the terms PC1$/)
  told(/\) withdraws the consent for the child ch-.{6}$/)
  told(/\) makes dev-.{6} the recovery card, .* is dead; pr-.*, the card is given 1 epoch of pr-/)
  told(/\) opens the drop-box pr-.{6}, to be used until 2026-06-01 00:00 UTC$/)
  told(/\) closes the epochs of pr-.{6} below 2 for ever$/)
})

test('every op has words', () => {
  const told = new Set(explainLog(lines).links.map(({ op }) => op))
  // No suite follows the first one yet.
  assert.deepEqual([...told, 'suite'].sort(), Object.keys(OPS).sort())
})

describe('the first refused link is told with its reason', () => {
  for (const { reason, what, after, more, link } of refused) {
    test(`${reason}: ${what}`, () => {
      const told = explainLog([...lines.slice(0, after), ...more, link, 'never read'])
      const seq = after + more.length
      assert.equal(told.links.length, seq)
      const says = LOG_REFUSALS[reason as keyof typeof LOG_REFUSALS]
      assert.deepEqual(told.refused, { seq, reason, says })
    })
  }
})

test('lines that are no links are refused like links that are none', () => {
  for (const line of ['', 'AA', 'no base64url!', '{"link":"AA"}']) {
    assert.equal(explainLog([line]).refused?.reason, 'link-malformed', line)
  }
  assert.equal(explainLog([]).refused?.reason, 'link-malformed')
  assert.equal(explainLog([...lines, '']).refused?.seq, lines.length)
})

test('the command prints one line for each link', async () => {
  const file = await fileOf(`${lines.join('\r\n')}\r\n`)
  const text = await printed(() => logExplain([file]))
  assert.equal(text.split('\n').length, lines.length)
  assert.match(text, /^ {3}0 {2}2026-05-01 00:00 UTC {2}guardian pr-/)
})

test('the command prints one JSON document', async () => {
  const file = await fileOf(lines.join('\n'))
  const told = JSON.parse(await printed(() => logExplain([file, '--json']))) as unknown
  assert.deepEqual(told, JSON.parse(JSON.stringify(explainLog(lines))))
})

test('after everything was said, a refused log is an error', async () => {
  const [first = '', second = ''] = lines
  const file = await fileOf(`${first}\n${second.slice(0, -4)}AAAA\n`)
  const refused = { code: 'log-refused', reason: 'signature-invalid' }
  const text = await printed(() => assert.rejects(logExplain([file]), refused))
  assert.match(text, /^ {3}1 {2}refused: signature-invalid\. The signature does not fit/m)
})

test('a file that is not there, and wrong usage', async () => {
  await assert.rejects(logExplain([join(folder, 'none')]), { code: 'not-found', reason: 'file' })
  for (const args of [[], ['a', 'b'], ['a', '--yaml'], ['--json']]) {
    await assert.rejects(logExplain(args), UsageError)
  }
})
