import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { launchChromium, type Chromium } from '../harness/chromium.ts'
import { servePage } from '../harness/page.ts'
import {
  checkPublicVectors,
  wrongOnes,
  type PublicVerdicts,
} from '../harness/vectors/public/check.ts'
import { isValid, platformVerdicts } from '../harness/vectors/public/ed25519.ts'
import { loadPublicVectors } from '../harness/vectors/public/load.ts'
import { tally } from '../harness/vectors/verdicts.ts'
import type { GivenVectors, VectorsPage } from './vectors-page.ts'

const vectors = await loadPublicVectors()
const files = Object.entries(vectors.age).map(([name, file]) => [name, toBase64url(file)] as const)
const given: GivenVectors = { age: Object.fromEntries(files), ed25519: vectors.ed25519 }

/** The public vectors in Chromium. */
function verdictsOf({ page }: Chromium, lot: GivenVectors): Promise<PublicVerdicts> {
  return page.evaluate((all) => (globalThis as unknown as VectorsPage).checkPublicVectors(all), lot)
}

test('Chromium gives every public vector the verdict that Node gives, and the right one', async (t) => {
  await using served = await servePage(join(import.meta.dirname, 'vectors-page.ts'), '')
  await using browser = await launchChromium()
  await browser.page.goto(served.url)
  const there = await verdictsOf(browser, given)
  assert.deepEqual(there, await checkPublicVectors(vectors))
  assert.deepEqual(wrongOnes(there), [])
  for (const [what, list] of Object.entries(there)) t.diagnostic(`${what}: ${tally(list)}`)

  await t.test('and notices a vector whose expectation is turned round', async () => {
    const lies = { ...vectors.ed25519[305], flags: ['reencoded_k'] }
    const ed25519 = vectors.ed25519.with(305, lies as (typeof vectors.ed25519)[number])
    const age = Object.fromEntries(files.filter(([name]) => name.startsWith('hybrid')))
    const wrong = wrongOnes(await verdictsOf(browser, { age, ed25519 }))
    assert.deepEqual(
      wrong.map(({ name }) => name),
      ['ed25519 305: valid'],
    )
  })

  await t.test(
    'its own WebCrypto gives other verdicts: it is not what we verify with',
    async (inner) => {
      const own = await browser.page.evaluate(
        (all) => (globalThis as unknown as VectorsPage).platformVerdicts(all),
        vectors.ed25519,
      )
      const node = await platformVerdicts(vectors.ed25519)
      const ours = vectors.ed25519.map(({ flags }) => isValid(flags))
      const [fromUs, fromNode] = [ours, node].map((list) => differences(own, list))
      assert.ok(fromUs)
      const accepted = own.filter(Boolean).length
      inner.diagnostic(
        `accepts ${accepted}, differs from us in ${fromUs}, from Node in ${fromNode}`,
      )
    },
  )
})

function differences(some: readonly boolean[], others: readonly boolean[]): number {
  return some.filter((verdict, at) => verdict !== others[at]).length
}
