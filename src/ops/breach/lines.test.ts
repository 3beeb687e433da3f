import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReader } from './lines.ts'

/** What a list of these lines holds: addresses, `-` for a record without one. */
function read(...lines: string[]): string[] {
  const reader = createReader()
  return lines.flatMap((line) => {
    const found = reader(line)
    if (!found) return []
    return found.length === 0 ? ['-'] : found
  })
}

const ANN = 'ann@family.example'

test('a line begins with its address, however it is spelt and whatever follows', () => {
  const spelt = [
    'ann@family.example',
    '  ANN@Family.Example\r',
    '\uFEFFann@family.example',
    'ann@family.example:hunter2',
    'ann@family.example:p@ss:word',
    'ann@family.example;5f4dcc3b5aa765d61d8327deb882cf99',
    'ann@family.example\tAnn\tBerlin',
    'ann@family.example | Ann',
    '"ann@family.example","Ann"',
    "'ann@family.example'",
    '<Ann@Family.example>',
  ]
  for (const line of spelt) assert.deepEqual(read(line), [ANN], JSON.stringify(line))
  assert.deepEqual(read('käthe@müller.example'), ['-'])
  assert.deepEqual(read('kaethe@MÜLLER.example'), ['kaethe@xn--mller-kva.example'])
  assert.deepEqual(read("o'hara@family.example"), ["o'hara@family.example"])
})

test('what holds no address is counted, blank lines are not', () => {
  assert.deepEqual(
    read('', 'ann', '@family.example', 'ann@', 'user:ann@family.example', '   ', `${ANN}x y`),
    ['-', '-', '-', '-', `${ANN}x`],
  )
  assert.deepEqual(read(`${'x'.repeat(65)}@family.example`), ['-'])
})

test('a column named email counts, wherever it stands and however fields are quoted', () => {
  for (const header of [
    'id,email,name',
    'id;E-Mail;name',
    'id\tEmail Address\tname',
    '"id","EMAIL"',
  ]) {
    const separator = /[,;\t]/.exec(header)?.[0] ?? ''
    const record = ['7', `" Ann@family.example "`, 'x'].join(separator)
    assert.deepEqual(read(header, record), [ANN], header)
  }
  assert.deepEqual(
    read(
      'name,email,referrer',
      `"Smith, ""Ann""",${ANN},eve@family.example`,
      `Ann,,eve@family.example`,
      `"Ann,${ANN}`,
      'Ann',
      ANN,
    ),
    [ANN, '-', ANN, '-', '-'],
  )
  assert.deepEqual(read('id\temail', `\t${ANN}`, `7\t`), [ANN, '-'])
  assert.deepEqual(read('email', ANN, 'ANN@family.example'), [ANN, ANN])
})

test('an address in the first line is no name of a column', () => {
  assert.deepEqual(read('email@family.example', ANN), ['email@family.example', ANN])
})

test('a line that was made to take long takes no longer than others', () => {
  const [leading, named] = [createReader(), createReader()]
  assert.equal(named('email,name'), undefined)
  const line = `a@b.example${'"'.repeat(60_000)}x`
  const before = process.cpuUsage()
  for (const read of [leading, named]) assert.deepEqual(read(line), [])
  // It took ten seconds each.
  assert.ok(process.cpuUsage(before).user < 2_000_000)
  // It ended the import, every time anew.
  for (const read of [leading, named]) assert.deepEqual(read(`"${'a'.repeat(16_000_000)}`), [])
})
