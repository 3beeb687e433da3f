import { setTimeout } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import { fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import { memoryStore } from '../harness/memory-store.ts'
import { startClient, type Installation } from '../harness/member.ts'
import type { Act, Attack } from '../attacks/attack.ts'
import { beliefOf, type Belief } from '../attacks/belief.ts'
import { cloneOf, type Scene } from '../attacks/scene.ts'
import { complaintsOf, victimOf, type Besiege, type Outcome } from '../attacks/runner.ts'

/**
 * The real app under siege: its storage is put into the browser as a prepared installation left it,
 * the app starts on it, and afterwards what it has stored is read out and opened.
 */

/** What crosses between the test and the page: everything as text. */
type Stored = {
  readonly entries: readonly (readonly [key: string, value: string])[]
  readonly storageKey: JsonWebKey
  readonly sign: string
  readonly kem: string
}

const COOKIES = z.record(z.string(), z.string())

/** How long an app that was attacked has to say so. */
const PATIENCE_MS = 15_000

/** Attacks go to the app in this browser, one after the other. */
export function inChromium(context: BrowserContext, page: Page): Besiege {
  return async (scene, attack) => {
    const staged = await attack.stage(scene.world())
    const installation = cloneOf(victimOf(scene, staged))
    const before = await beliefOf(startClient(installation))
    await moveIn(context, page, installation)
    scene.server.lie(staged.lie)
    const look = async (named?: boolean): Promise<Outcome> => {
      const after = await readOut(page, installation)
      return { staged, before, after, ...(named !== undefined && { named }) }
    }
    try {
      await perform(page, scene, staged.act ?? { does: 'step' })
      if (attack.refused === '') return await accepted(attack, look)
      const named = await shown(page, attack)
      await leave(page, installation)
      return await look(named)
    } finally {
      // An app that is told the truth again would heal the server: it is closed before.
      await leave(page, installation)
      scene.server.behave()
    }
  }
}

/** Leaves the app for a page of the same origin that has none. */
async function leave(page: Page, { origin }: Installation): Promise<void> {
  const empty = `${origin}/robots.txt`
  if (page.url() !== empty) await page.goto(empty)
}

/** Waits until the screen names the refusal, and says whether it did. */
async function shown(page: Page, { refused }: Attack): Promise<boolean> {
  const named = page.locator(`[data-refused="${refused}"], [data-problem="${refused}"]`)
  return named
    .first()
    .waitFor({ timeout: PATIENCE_MS })
    .then(
      () => true,
      () => false,
    )
}

/** Waits until the app believes what is honest; gives what it believes in the end. */
async function accepted(attack: Attack, look: () => Promise<Outcome>): Promise<Outcome> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const outcome = await look()
    if (Date.now() > until || complaintsOf(attack, outcome).length === 0) return outcome
    await setTimeout(200)
  }
}

/** Lets a prepared installation's app start in this browser. */
export async function moveIn(
  context: BrowserContext,
  page: Page,
  installation: Installation,
): Promise<void> {
  const { origin, raw, storageKey, seeds } = installation
  const cookies = await startClient(installation).store.get('cookies', COOKIES)
  await context.clearCookies()
  await context.addCookies(
    Object.entries(cookies ?? {}).map(([name, value]) => ({
      name,
      value,
      url: origin.replace('http:', 'https:'),
      secure: name.startsWith('__Host-'),
      httpOnly: true,
      sameSite: 'Strict',
    })),
  )
  const stored: Stored = {
    entries: [...raw.entries].map(([key, value]) => [key, toBase64url(value)]),
    storageKey: await crypto.subtle.exportKey('jwk', storageKey),
    sign: toBase64url(seeds.sign),
    kem: toBase64url(seeds.kem),
  }
  await leave(page, installation)
  await page.evaluate(putIntoBrowser, stored)
}

/** What the app believes now, read out of the browser's storage. */
export async function readOut(page: Page, installation: Installation): Promise<Belief> {
  const raw = memoryStore()
  for (const [key, value] of await page.evaluate(takeOutOfBrowser)) {
    raw.entries.set(key, fromBase64url(value))
  }
  return beliefOf(startClient({ ...installation, raw }))
}

async function perform(page: Page, { server }: Scene, act: Act): Promise<void> {
  if (act.does === 'step' || act.does === 'look') {
    const one = act.does === 'look' ? act.request : undefined
    await page.goto(`${server.origin}/${one ? `family/request/${one}` : 'settings/refused'}`)
  } else if (act.does === 'join') {
    await page.goto(act.link)
    await page.getByLabel('What does the child call you?').fill('Aunt')
    await page.getByRole('button', { name: 'Ask to come in' }).click()
  } else {
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'I have a recovery card' }).click()
    await page.getByLabel('Recovery code').fill(act.code)
    await page.getByRole('button', { name: 'Bring everything back' }).click()
  }
}

/** Runs in the page: the app's database, as this installation's. */
async function putIntoBrowser({ entries, storageKey, sign, kem }: Stored): Promise<void> {
  sessionStorage.clear()
  localStorage.clear()
  const bytes = (text: string): Uint8Array<ArrayBuffer> => {
    const standard = text.replaceAll('-', '+').replaceAll('_', '/')
    return Uint8Array.from(atob(standard), (letter) => letter.charCodeAt(0))
  }
  const key = await crypto.subtle.importKey('jwk', storageKey, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
  const opening = indexedDB.open('pawpost', 1)
  const tables = ['entries', 'secrets']
  opening.addEventListener('upgradeneeded', () => {
    for (const table of tables) opening.result.createObjectStore(table)
  })
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const transaction = opening.result.transaction(tables, 'readwrite')
  const kept = transaction.objectStore('entries')
  const secrets = transaction.objectStore('secrets')
  kept.clear()
  for (const [name, value] of entries) kept.put(bytes(value), name)
  secrets.put(key, 'storage')
  secrets.put({ kind: 'seeds', sign: bytes(sign), kem: bytes(kem) }, 'device')
  await new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve)
    transaction.addEventListener('abort', reject)
  })
  opening.result.close()
}

/** Runs in the page: every entry of the app's store, still under its key. */
async function takeOutOfBrowser(): Promise<[string, string][]> {
  const opening = indexedDB.open('pawpost', 1)
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const store = opening.result.transaction('entries').objectStore('entries')
  const [keys, values] = [store.getAllKeys(), store.getAll()]
  await new Promise((resolve) => values.addEventListener('success', resolve))
  opening.result.close()
  const text = (value: Uint8Array): string =>
    btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  return values.result.map((value, at) => [keys.result[at] as string, text(value as Uint8Array)])
}
