import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildFilter } from './breached/build.ts'
import { readSources } from './breached/sources.ts'
import { createPasswordRules, type PasswordOwner, type PasswordRules } from './rules.ts'

let folder = ''
let rules: PasswordRules
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-rules-'))
  rules = await createPasswordRules()
})
after(async () => {
  await rules[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const address = 'rosemary.miller@gardenmail.example'
const alone: PasswordOwner = { address, secondFactor: false }
const withFactor: PasswordOwner = { address, secondFactor: true }
const STAGES = ['sign-up', 'change', 'reset'] as const
const GOOD = 'tea and biscuits at four'

async function verdict(
  password: string,
  owner: PasswordOwner = alone,
  by: PasswordRules = rules,
): Promise<string> {
  try {
    return await by.require(password, owner)
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'crashed'
  }
}

test('passwords that thieves try first are refused at every stage', async () => {
  const corpus = 'a qwe cloudpets password 123456 qwerty Password1! bentleythebear'.split(' ')
  for (const password of corpus) {
    for (const stage of STAGES) {
      for (const owner of [alone, withFactor]) {
        const said = await verdict(password, { ...owner, stage })
        assert.match(said, /^password-(short|common|context)$/, `${password} at ${stage}`)
      }
    }
    assert.equal(await rules.screen(password), 'breached', password)
  }
})

test('long ones that are common are refused, too', async () => {
  const common = [
    'aaaaaaaaaaaaaaa',
    'passwordpassword',
    'PasswordPassword',
    '123456789012345',
    '1qaz2wsx3edc4rfv',
    'qwertyuiopasdfgh',
    'abcdefghijklmnop',
    'password1234567',
    'iloveyouiloveyou',
    'elephantelephant',
    'elephant-elephant',
    'givemelibertyorgivemedeath',
    'there is no spoon.',
    'abc123abc123abc123',
    '111222333444555',
    'P@ssw0rd!P@ssw0rd!',
    'drowssapdrowssap1!',
    '###michael2016!!!',
  ]
  for (const password of common) assert.equal(await verdict(password), 'password-common', password)
})

test('eight characters with a second factor have to be good ones', async () => {
  for (const password of ['k7#mQ2xz', 'wGp!rT4n', 'tea+moon-7', 'cab kite sun']) {
    assert.equal(await verdict(password, withFactor), 'clear', password)
    assert.equal(await verdict(password), 'password-short', password)
  }
  const bad = ['Michael1985!', 'sunshine24', 'elephantelephant', '1q2w3e4r5t', 'P@$$w0rd']
  for (const password of bad) {
    assert.equal(await verdict(password, withFactor), 'password-common', password)
  }
  assert.equal(await verdict('k7#mQ2x', withFactor), 'password-short')
})

test('the own address, the product and its toys are no passwords', async () => {
  const context = [
    address,
    'Rosemary.Miller',
    'rosemarymiller1',
    'pawpostcloudpets',
    'MyPawpostPawpost',
    'gardenmail-rosemary',
    'r0semary-m1ller!!',
    'BentleyTheBear-2017!',
    'charley and diesel',
    'bubblesthebunny2016!',
    'Starburst-unicorn-1!',
  ]
  for (const password of context) {
    assert.match(await verdict(password), /^password-(context|common)$/, password)
  }
  assert.equal(await verdict('my pawpost is for grandma rosemary'), 'clear')
})

test('length counts what a person counts, and nothing else is asked for', async () => {
  const good = [
    GOOD,
    'tea at four okay',
    'correct horse battery staple',
    '🐻🐘🦊🐰🐨🦁🐯🐮🐷🐸🐵🐔🐧🐤🦆',
    'Grüße aus Köln und Umgebung',
    '   leading and trailing spaces count   ',
    'бабушка читает сказку',
    'f8Xq0vLw2Rz7Tn4Kp9Ms3Yd6Hb1Gc5Jf8Xq0vLw2Rz7Tn4Kp9Ms3Yd6Hb1Gc5JaB',
    'a lone surrogate \ud800 hurts nobody',
  ]
  for (const password of good) {
    for (const stage of STAGES) {
      assert.equal(await verdict(password, { ...alone, stage }), 'clear', password)
    }
  }
  assert.equal(await verdict('tea at four ok'), 'password-short')
  assert.equal(await verdict('🐻🐘🦊🐰🐨🦁🐯'), 'password-short')
  assert.equal(await verdict('u\u0308'.repeat(14)), 'password-short')
  const long = Array.from({ length: 257 }, (_, at) => createHash('md5').update(`${at}`).digest()[0])
  const text = long.map((byte) => String.fromCodePoint(0x4e00 + (byte ?? 0))).join('')
  assert.equal(await verdict(text.slice(0, 256)), 'clear')
  assert.equal(await verdict(text), 'password-long')
})

test("an operator's level comes on top and takes nothing away", async () => {
  const words = 'four small words here'
  const mixed = 'Four small words here 4'
  const cases = [
    ['none', words, 'clear'],
    ['low', words, 'clear'],
    ['fair', words, 'password-plain'],
    ['fair', mixed, 'clear'],
    ['good', words, 'password-plain'],
    ['good', 'Four Small Words Here', 'clear'],
    ['good', 'four small words here 4', 'clear'],
    ['excellent', 'Four small words here 444', 'password-plain'],
    ['excellent', mixed, 'clear'],
    ['excellent', 'Passwordpassword1!', 'password-common'],
    ['low', 'sixsix', 'password-short'],
    ['none', 'a', 'password-short'],
  ] as const
  for (const [passwordLevel, password, expected] of cases) {
    await using own = await createPasswordRules({ passwordLevel })
    assert.equal(await verdict(password, alone, own), expected, `${passwordLevel}: ${password}`)
  }
  await using excellent = await createPasswordRules({ passwordLevel: 'excellent' })
  assert.equal(await verdict('k7#mQ2xz!', withFactor, excellent), 'password-short')
  assert.equal(await verdict('k7#mQ2xz!W', withFactor, excellent), 'clear')
})

/** A filter and a sorted list of passwords that nothing else knows. */
async function listsOf(words: readonly string[], bits: 8 | 16) {
  const home = await mkdtemp(join(folder, 'lists-'))
  const hashes = words.map((word) => createHash('sha1').update(word).digest('hex').toUpperCase())
  const [sorted, filter] = [join(home, 'sorted'), join(home, 'filter')]
  await writeFile(
    sorted,
    hashes
      .sort()
      .map((hash) => `${hash}:7\n`)
      .join(''),
  )
  await buildFilter(readSources([sorted], { files: 0, ignored: 0 }), { out: filter, bits })
  return { filter, sorted }
}

test("the operator's list is asked; of 8 bits only with a sorted list to confirm", async () => {
  const stolen = Array.from({ length: 500 }, (_, at) => `stolen elsewhere long ago ${at}`)
  const wide = await listsOf(stolen, 16)
  const narrow = await listsOf(stolen, 8)
  const setups = [
    { breachFilter: wide.filter },
    { breachSorted: wide.sorted },
    { breachFilter: narrow.filter, breachSorted: narrow.sorted },
  ]
  for (const options of setups) {
    await using own = await createPasswordRules(options)
    for (const password of stolen.slice(0, 20)) {
      assert.equal(await verdict(password, alone, own), 'password-breached')
      assert.equal(await own.screen(password), 'breached')
    }
    assert.equal(await verdict(GOOD, alone, own), 'clear')
    assert.equal(await own.screen(GOOD), 'clear')
  }
  await using confirmed = await createPasswordRules(setups[2])
  // Four of these are hits of the filter alone.
  for (let at = 0; at < 1_000; at += 1) {
    assert.equal(await confirmed.screen(`nobody ever had this one ${at}`), 'clear')
  }
  await assert.rejects(createPasswordRules({ breachFilter: narrow.filter }), {
    code: 'breach-list-unconfirmed',
  })
  await assert.rejects(createPasswordRules({ breachFilter: join(folder, 'missing') }), {
    code: 'breach-list-unreadable',
  })
})

test('a list that breaks while it is in use makes nobody clear, and the operator hears', async () => {
  const { filter } = await listsOf(['stolen elsewhere long ago'], 16)
  const problems: unknown[] = []
  const onProblem = (error: unknown): void => void problems.push(error)
  await using own = await createPasswordRules({ breachFilter: filter, onProblem })
  await writeFile(filter, Buffer.alloc(2_000, 1))
  assert.equal(await own.screen(GOOD), 'unknown')
  assert.equal(await verdict(GOOD, alone, own), 'unknown')
  assert.equal(problems.length, 2)
})

test('the self-test trips the shield, where the shield is up', async () => {
  const probe = 'PAWPOST-TEST-'
  const long = `${probe}does the shield work`
  assert.equal(await rules.screen(long), 'breached')
  assert.equal(await verdict(probe), 'password-breached')
  assert.equal(await verdict(long, withFactor), 'password-breached')
  for (const stage of STAGES) {
    assert.equal(await verdict(long, { ...alone, stage }), 'password-breached')
  }
  await using lax = await createPasswordRules({ breachShields: ['mail'], breachStages: ['reset'] })
  assert.equal(await verdict(long, { ...alone, stage: 'reset' }, lax), 'breached')
  assert.equal(await verdict(long, { ...alone, stage: 'sign-up' }, lax), 'unknown')
  assert.equal(await verdict(probe, { ...alone, stage: 'reset' }, lax), 'password-short')
  assert.deepEqual([[...lax.shields], [...lax.stages]], [['mail'], ['reset']])
})

test('without shields and stages common passwords are refused all the same', async () => {
  await using off = await createPasswordRules({ breachShields: [], breachStages: [] })
  for (const stage of STAGES) {
    const owner = { ...alone, stage }
    assert.equal(await verdict('givemelibertyorgivemedeath', owner, off), 'password-common')
    assert.equal(await verdict(GOOD, owner, off), 'unknown')
  }
})
