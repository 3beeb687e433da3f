import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import { createPasswordRules, type PasswordRules } from './rules.ts'

let rules: PasswordRules
before(async () => void (rules = await createPasswordRules()))
after(() => rules[Symbol.asyncDispose]())

const address = 'rosemary.miller@gardenmail.example'
const STAGES = ['sign-up', 'change', 'reset'] as const
const CORPUS = 'a qwe cloudpets password 123456 qwerty Password1! bentleythebear'.split(' ')

async function isRefused(password: string): Promise<boolean> {
  for (const stage of STAGES) {
    for (const secondFactor of [false, true]) {
      const said = await rules.require(password, { address, secondFactor, stage }).then(
        () => 'accepted',
        (error: { code?: string }) => error.code ?? 'crashed',
      )
      if (!/^password-(short|common|context)$/.test(said)) return false
    }
  }
  return true
}

const ENDINGS =
  '1 12 123 1234 ! !! 1! 123! 0 00 007 01 69 99 2016 2017 2024 2025 2017! . ? # * @ $ 321 1q qq app'.split(
    ' ',
  )
const FRONTS = '1 123 ! 2017 the. my- * 00 #1 xX'.split(' ')

const CHANGES: readonly ((word: string) => string)[] = [
  (word) => word.toUpperCase(),
  (word) => word.charAt(0).toUpperCase() + word.slice(1),
  (word) => Array.from(word).reverse().join(''),
  (word) =>
    word.replaceAll(/[aeios]/g, (letter) => ({ a: '4', e: '3', i: '1', o: '0' })[letter] ?? '5'),
  (word) => word.replaceAll('a', '@').replaceAll('s', '$'),
  (word) => word + word,
  (word) => word + word + word,
  (word) => `${word}-${word}`,
  (word) => word + Array.from(word).reverse().join(''),
  (word) => Array.from(word, (letter, at) => (at % 2 ? letter : letter.toUpperCase())).join(''),
]

/** The same every time, and each made of a word of the corpus as people make them. */
function variations(): readonly string[] {
  const all = CORPUS.flatMap((word) => [
    ...ENDINGS.map((ending) => word + ending),
    ...ENDINGS.map((ending) => word.charAt(0).toUpperCase() + word.slice(1) + ending),
    ...FRONTS.flatMap((front) => [front + word, `${front}${word}1`, `${front}${word}!`]),
    ...CHANGES.flatMap((change) =>
      ['', '1', '!', '123', '2017', '1!', '99', '!!'].map((end) => change(word) + end),
    ),
  ])
  return [...new Set(all)]
}

test('1,000 variations of what was found at once in 2017 are refused at every stage', async () => {
  const all = variations()
  assert.ok(all.length >= 1_000, `${all.length}`)
  const accepted: string[] = []
  for (const password of all) if (!(await isRefused(password))) accepted.push(password)
  assert.deepEqual(accepted, [])
})

test('the lists that come along are refused, whole, also in capitals', async () => {
  const accepted: string[] = []
  for (const password of dictionary['passwords-common']) {
    if ((await rules.screen(password)) !== 'breached') accepted.push(password)
    if ((await rules.screen(password.toUpperCase())) !== 'breached') accepted.push(password)
  }
  assert.deepEqual(accepted, [])
  for (const password of dictionary['passwords-common'].slice(0, 2_000)) {
    assert.ok(await isRefused(password), password)
  }
})
