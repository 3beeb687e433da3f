import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newCard, openCard } from './card.ts'
import { decryptWith, encryptTo } from './age.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const code = newCard()
const card = await openCard(code)

/** Whether a code is read as a card, right or wrong. Deriving keys is not needed to know. */
async function isRead(typed: string): Promise<boolean> {
  try {
    await openCard(typed)
    return true
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'card-invalid')
    return false
  }
}

test('a card is seven groups of four letters without look-alikes', () => {
  for (let more = 0; more < 50; more += 1) {
    assert.match(newCard(), /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$/)
  }
  assert.notEqual(newCard(), newCard())
})

test('a card is one device for ever', async () => {
  const again = await openCard(code)
  assert.deepEqual([again.id, again.kem], [card.id, card.kem])
  const file = await encryptTo([card.kem], Uint8Array.of(1))
  assert.deepEqual(await decryptWith([again.identity], file), Uint8Array.of(1))
  assert.notEqual((await openCard(newCard())).id, card.id)
})

test('a known card derives known keys: cards printed long ago must open', async () => {
  const known = await openCard('0123-4567-89AB-CDEF-GHJK-MNPQ-R0FQ')
  assert.equal(known.id, 'dev-hG989gO1oqSyJWseEX6zLQ')
})

test('what people type is read: small letters, spaces, dashes, look-alikes', async () => {
  const typed = [
    code.toLowerCase(),
    code.replaceAll('-', ''),
    code.replaceAll('-', ' '),
    code.replaceAll('-', ' – '),
    code.replaceAll('-', '—'),
    ` ${code}\n`,
    code.replaceAll('0', 'O').replaceAll('1', 'I'),
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
    code.replaceAll('0', 'O').replaceAll('1', 'L').toLowerCase(),
  ]
  for (const text of typed) assert.equal((await openCard(text)).id, card.id, text)
})

test('look-alikes are read also where a code has them', async () => {
  let withBoth = newCard()
  while (!/0/.test(withBoth) || !/1/.test(withBoth)) withBoth = newCard()
  const right = (await openCard(withBoth)).id
  for (const [zero, one] of [
    ['O', 'I'],
    ['o', 'l'],
  ] as const) {
    const typed = withBoth.replaceAll('0', zero).replaceAll('1', one)
    assert.equal((await openCard(typed)).id, right)
  }
})

test('a code with a letter too few, too many or unknown is refused', async () => {
  for (const typed of [
    '',
    code.slice(0, -1),
    `${code}0`,
    code.slice(1),
    `U${code.slice(1)}`,
    '€',
  ]) {
    assert.equal(await isRead(typed), false, typed)
  }
})

test('no wrong letter and no two exchanged ones are read as another card', async () => {
  for (let more = 0; more < 5; more += 1) {
    const letters = newCard().replaceAll('-', '')
    for (const typed of typingErrors(letters)) assert.equal(await isRead(typed), false, typed)
  }
})

test('nor are any two wrong letters', async () => {
  const letters = code.replaceAll('-', '')
  for (let first = 0; first < letters.length; first += 1) {
    for (let second = first + 1; second < letters.length; second += 1) {
      const typed = Array.from(letters, (letter, at) =>
        at === first || at === second
          ? ALPHABET[(ALPHABET.indexOf(letter) + 1 + first + second) % 31]
          : letter,
      )
      if (typed.join('') !== letters) assert.equal(await isRead(typed.join('')), false)
    }
  }
})

function typingErrors(letters: string): string[] {
  const places = Array.from(letters, (_, at) => at)
  const replaced = places.flatMap((at) =>
    Array.from(ALPHABET)
      .filter((letter) => letter !== letters[at])
      .map((letter) => letters.slice(0, at) + letter + letters.slice(at + 1)),
  )
  const swapped = places
    .filter((at) => letters[at + 1] !== undefined && letters[at] !== letters[at + 1])
    .map((at) => `${letters.slice(0, at)}${letters[at + 1]}${letters[at]}${letters.slice(at + 2)}`)
  return [...replaced, ...swapped]
}
