import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { hex } from '@scure/base'
import { randomBytes } from '../src/keys/device.ts'
import { inviteId } from '../src/protocol/ids.ts'
import { applyLink } from '../src/protocol/log/verify.ts'
import { foundFamily, NOW } from './harness/family.ts'
import { forgeLink } from './harness/forgery.ts'
import { CATEGORIES, categoryOf } from './harness/vectors/public/age.ts'
import { readAgeVectors } from './harness/vectors/public/age-files.ts'
import { checkPublicVectors, wrongOnes } from './harness/vectors/public/check.ts'
import { isValid, mayBeEnrolled, platformVerdicts } from './harness/vectors/public/ed25519.ts'
import { loadPublicVectors, PUBLIC_FOLDER } from './harness/vectors/public/load.ts'
import { tally } from './harness/vectors/verdicts.ts'

const vectors = await loadPublicVectors()
const age = await readAgeVectors(vectors.age)
const verdicts = await checkPublicVectors(vectors)

test('every public vector comes out at our doors as its header and our rules say', (t) => {
  assert.deepEqual(wrongOnes(verdicts), [])
  for (const [what, list] of Object.entries(verdicts)) t.diagnostic(`${what}: ${tally(list)}`)
})

test('each vector of the age suite is in a category, and each category is whole', () => {
  const categories = age.map(categoryOf)
  for (const category of CATEGORIES) {
    const found = categories.filter((one) => one === category).length
    assert.equal(found, category.count, category.what)
  }
  assert.equal(age.length, 143)
})

test('what the suite calls a success and our door refuses is refused for its recipients', () => {
  const successes = age
    .filter(({ expect }) => expect === 'success')
    .map(({ name }) => `age ${name}`)
  const got = verdicts.door.filter(({ name }) => successes.includes(name)).map((one) => one.got)
  assert.equal(got.length, 26)
  assert.equal(got.filter((one) => one === 'recipient-type').length, 24)
  const open = verdicts.door.filter(({ got: one }) => one.startsWith('opens'))
  assert.deepEqual(
    open.map(({ name }) => name),
    ['age hybrid', 'age hybrid_multiple_recipients'],
  )
})

test('the vectors of Ed25519 are the published file, byte for byte', async () => {
  const bytes = await readFile(join(PUBLIC_FOLDER, 'ed25519vectors.json'))
  const readme = await readFile(join(PUBLIC_FOLDER, 'README.md'), 'utf8')
  const hash = createHash('sha256').update(bytes).digest('hex')
  assert.ok(readme.includes(hash), hash)
  assert.equal(vectors.ed25519.length, 914)
})

test('a public vector whose expectation is turned round is noticed', async () => {
  const flipped = vectors.ed25519.map((vector) => {
    const flags = vector.flags ?? []
    if (vector.number === 305) return { ...vector, flags: [...flags, 'reencoded_k' as const] }
    return vector.number === 0 ? { ...vector, flags: null } : vector
  })
  const lying = await Promise.all(
    Object.entries(vectors.age).map(async ([name, file]) => [name, turned(name, file)] as const),
  )
  const names = wrongOnes(
    await checkPublicVectors({ age: Object.fromEntries(lying), ed25519: flipped }),
  ).map(({ name }) => name)
  assert.deepEqual(names, [
    'age hybrid',
    'age hybrid_bad_tag',
    'age in WebCrypto hybrid',
    'age in WebCrypto hybrid_bad_tag',
    'age in the library hybrid',
    'age in the library hybrid_bad_tag',
    'ed25519 0: may be enrolled',
    'ed25519 305: valid',
  ])
})

test("Node's own WebCrypto gives other verdicts: it is not what we verify with", async (t) => {
  const own = await platformVerdicts(vectors.ed25519)
  const other = vectors.ed25519.filter(({ flags }, at) => isValid(flags) !== own[at])
  assert.ok(other.length > 0)
  const accepted = own.filter(Boolean).length
  t.diagnostic(`WebCrypto accepts ${accepted} of ${own.length}, differs from us in ${other.length}`)
})

test('no weak key of the vectors gets into a log, and the strong one does', async () => {
  const keys = [...new Map(vectors.ed25519.map(({ key, flags }) => [key, flags]))]
  const weak = keys.filter(([, flags]) => !mayBeEnrolled(flags)).map(([key]) => key)
  const strong = keys.filter(([, flags]) => mayBeEnrolled(flags)).map(([key]) => key)
  assert.deepEqual([weak.length, strong.length], [21, 1])
  const { family, guardian } = await foundFamily()
  const offer = async (key: string): Promise<Uint8Array> => {
    const join = Uint8Array.from(hex.decode(key))
    const a = { id: inviteId.from(randomBytes(16)), role: 'relative', join, expires: NOW }
    return forgeLink(family, guardian.device, { op: 'invite', a })
  }
  for (const key of weak) {
    const link = await offer(key)
    const refused = { code: 'log-refused', reason: 'key-weak' }
    assert.throws(() => applyLink(family.household, link), refused, key)
  }
  for (const key of strong) applyLink(family.household, await offer(key))
})

/** A vector of the age suite that says the opposite in its header; most are left alone. */
function turned(name: string, file: Uint8Array): Uint8Array {
  const words = { hybrid: ['success', 'no match'], hybrid_bad_tag: ['no match', 'success'] }
  const [was, now] = words[name as keyof typeof words] ?? ['', '']
  const text = Buffer.from(file).toString('latin1').replace(`expect: ${was}`, `expect: ${now}`)
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}
