import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkVectors } from '../harness/vectors/check.ts'
import { launchChromium } from '../harness/chromium.ts'
import { servePage } from '../harness/page.ts'
import type { Verdict } from '../harness/vectors/verdicts.ts'

const FOLDER = join(import.meta.dirname, '../vectors/pawpost')

async function readAll(): Promise<Record<string, string>> {
  const names = (await readdir(FOLDER)).filter((name) => /\.(json|age)$/.test(name))
  const files = await Promise.all(
    names.map(async (name) => {
      const encoding = name.endsWith('.json') ? 'utf8' : 'base64url'
      return [name, await readFile(join(FOLDER, name), encoding)] as const
    }),
  )
  return Object.fromEntries(files)
}

test('Chromium gives every published vector the verdict that Node gives', async () => {
  const files = await readAll()
  const here = await checkVectors({
    json: async <T>(name: string) => JSON.parse(files[name] ?? '') as T,
    bytes: async (name) => Uint8Array.from(Buffer.from(files[name] ?? '', 'base64url')),
  })
  await using page = await servePage(join(import.meta.dirname, 'vectors-page.ts'), '')
  await using browser = await launchChromium()
  await browser.page.goto(page.url)
  const there = await browser.page.evaluate((given) => {
    type Page = { checkVectors: (files: typeof given) => Promise<readonly Verdict[]> }
    return (globalThis as unknown as Page).checkVectors(given)
  }, files)
  assert.ok(there.length > 200)
  assert.deepEqual(there, here)
})
