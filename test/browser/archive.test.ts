import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { hasEnded } from '../../src/client/family.ts'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { isSignedStatement } from '../../src/protocol/api/deletions.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { relative, says } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// A family takes everything along, brings it into another one, leaves, and ends.

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Your data' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  assert.deepEqual(await complaints(page), [], name)
}

/** Where a browser asks for a place, it writes there: here without asking. */
async function saveTo(page: Page, how: 'downloads' | 'place' | 'slow place'): Promise<void> {
  await page.evaluate((kind) => {
    if (kind === 'downloads') Reflect.deleteProperty(globalThis, 'showSaveFilePicker')
    else
      Object.assign(globalThis, {
        showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
          const folder = await navigator.storage.getDirectory()
          const file = await folder.getFileHandle(suggestedName, { create: true })
          const writable = await file.createWritable()
          const wait = (): Promise<void> =>
            new Promise((resolve) => setTimeout(resolve, kind === 'slow place' ? 400 : 0))
          const write = async (piece: Uint8Array<ArrayBuffer>): Promise<void> => {
            await wait()
            await writable.write(piece)
          }
          const [close, abort] = [() => writable.close(), () => writable.abort()]
          return { createWritable: async () => ({ write, close, abort }) }
        },
      })
  }, how)
}

/** The size of every file that was saved in a place. */
function saved(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const sizes: Record<string, number> = {}
    for await (const [name, handle] of await navigator.storage.getDirectory()) {
      if (handle instanceof FileSystemFileHandle) sizes[name] = (await handle.getFile()).size
    }
    return sizes
  })
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const press = page.getByRole('button', { name: button, exact: true }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), press])
  return readFile(await download.path())
}

describe('taking along, bringing, leaving', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let page: Page
  let grandma: Client
  let folder: string
  let trouble: string[]
  let line = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pawpost-archive-'))
    stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = watch(page, server.origin)
    await page.goto(server.origin)
    await people.signUp(page, server, freshAddress())
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    grandma = await relative(page, server, 'Grandma')
    for (let each = 0; each < 3; each += 1) await says(grandma, 1)
    await page.getByText('Grandma to Mia').nth(2).waitFor()
  })

  test('everything as one page, and the child’s screen will say so', async () => {
    await open(page, 'Download everything')
    await page.getByText('3 recordings are on this device').waitFor()
    await saveTo(page, 'downloads')
    const file = await downloaded(page, 'Make the page')
    await page.getByText('The file is made.').first().waitFor()
    assert.equal([...file.toString().matchAll(/<li class="voice">/g)].length, 3)
    assert.match(file.toString(), /Grandma to Mia/)
    await writeFile(join(folder, 'voices.html'), file)
    assert.deepEqual(await complaints(page), [])
  })

  test('the page that the app made plays, without the app', async () => {
    const tab = await page.context().newPage()
    const asked: string[] = []
    tab.on('request', (request) => asked.push(request.url().slice(0, 40)))
    await tab.goto(`file://${join(folder, 'voices.html')}`)
    await tab
      .getByRole('button', { name: /^Play Grandma to Mia/ })
      .first()
      .click()
    await tab.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.05)
    await tab.getByLabel('Search by name or month').fill('nobody')
    await tab.getByText('No voice has this name.').waitFor()
    assert.deepEqual(
      asked.filter((one) => !/^(file|data):/.test(one)),
      [],
    )
    await tab.close()
  })

  test('as locked files, with a line that is shown once and opens them', async () => {
    const file = await downloaded(page, 'Make the locked files')
    await page.getByRole('heading', { name: 'The opening line' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    line = (await page.locator('.opening-line').textContent())?.trim() ?? ''
    assert.equal((await downloaded(page, 'Save it as a text')).toString(), `${line}\n`)
    await writeFile(join(folder, 'voices.zip'), file)
    await writeFile(join(folder, 'identity.txt'), `${line}\n`)
    const files = Object.entries(unzipSync(file)).filter(([name]) => name.endsWith('.ogg.age'))
    assert.equal(files.length, 3)
    for (const [, bytes] of files) {
      await writeFile(join(folder, 'one.age'), bytes)
      const args = ['-d', '-i', join(folder, 'identity.txt'), join(folder, 'one.age')]
      const { stdout } = await promisify(execFile)('/usr/bin/age', args, { encoding: 'buffer' })
      assert.equal(stdout.subarray(0, 4).toString(), 'OggS')
    }
    await page.getByRole('button', { name: 'I have put it away' }).click()
    await page.getByRole('button', { name: 'Yes, it is safe' }).click()
    await page.getByRole('heading', { name: 'Download everything' }).waitFor()
    assert.equal(await page.getByText(line).count(), 0)
  })

  test('straight to the disk where the browser can; stopped, nothing is left', async () => {
    await saveTo(page, 'place')
    await page.getByRole('button', { name: 'Make the page' }).click()
    await page.getByText('The file is made.').first().waitFor()
    const wholeSize = (await readFile(join(folder, 'voices.html'))).length
    const isThere = async (): Promise<boolean> =>
      Object.values(await saved(page)).some((size) => Math.abs(size - wholeSize) < 100)
    for (let tries = 0; tries < 50 && !(await isThere()); tries += 1) await page.waitForTimeout(100)
    assert.ok(await isThere(), JSON.stringify([await saved(page), wholeSize]))
    await saveTo(page, 'slow place')
    await page.getByRole('button', { name: 'Make the locked files' }).click()
    await page.getByText(/^Recording \d of 3$/).waitFor()
    assert.deepEqual(await complaints(page), [])
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText('Stopped. No file was made.').waitFor()
    const sizes = Object.entries(await saved(page))
    assert.deepEqual(
      sizes.filter(([name]) => name.endsWith('.zip')).map(([, bytes]) => bytes),
      [0],
    )
  })

  test('another family brings it, in either form, each voice once', async () => {
    await using other = await launchChromium()
    const anew = other.page
    const troubleThere = watch(anew, server.origin)
    await anew.goto(server.origin)
    await people.signUp(anew, server, freshAddress())
    await people.startFamily(anew, { child: 'Mia', me: 'Papa' })
    await open(anew, 'Bring an archive')
    await anew.getByLabel('The file').setInputFiles(join(folder, 'identity.txt'))
    await anew.getByRole('button', { name: 'Bring the voices' }).click()
    await anew.getByRole('alert').getByText('This file is no archive').waitFor()
    await anew.getByLabel('The file').setInputFiles(join(folder, 'voices.html'))
    await anew.getByRole('button', { name: 'Bring the voices' }).click()
    await anew.getByText('3 recordings are new here.').first().waitFor()
    await anew.getByLabel('The file').setInputFiles(join(folder, 'voices.zip'))
    await anew.getByLabel('Its opening line').fill(line.replace(/.$/, 'Q'))
    await anew.getByRole('button', { name: 'Bring the voices' }).click()
    await anew.getByRole('alert').getByText('This opening line does not belong').waitFor()
    assert.deepEqual(await complaints(anew), [])
    await anew.getByLabel('Its opening line').fill(line)
    await anew.getByRole('button', { name: 'Bring the voices' }).click()
    await anew.getByText('3 were here already.').waitFor()
    await anew.getByRole('link', { name: 'Listen to them' }).click()
    await anew.getByRole('listitem').nth(2).waitFor()
    assert.deepEqual(await complaints(anew), [])
    await anew.getByRole('button', { name: 'Remove' }).first().click()
    await anew.getByRole('button', { name: 'Remove it' }).click()
    await anew.getByRole('listitem').nth(2).waitFor({ state: 'detached' })
    assert.deepEqual(troubleThere, [])
  })

  test('the last guardian ends the family, with a receipt; a relative is told', async () => {
    await open(page, 'Leave this family')
    assert.equal(await page.getByRole('button', { name: 'Leave now' }).count(), 0)
    await page.getByRole('button', { name: 'End the family' }).click()
    await page.getByRole('button', { name: 'End it for ever' }).click()
    await page.getByRole('heading', { name: 'The family is ended' }).waitFor()
    assert.deepEqual(await complaints(page), [])
    await saveTo(page, 'downloads')
    type Receipt = { statement: string; key: string; signature: string }
    const receipt = JSON.parse((await downloaded(page, 'Save the receipt')).toString()) as Receipt
    const [key, signature] = [receipt.key, receipt.signature].map(fromBase64url)
    assert.ok(key && signature && isSignedStatement(receipt.statement, signature, key))
    await assert.rejects(step(grandma), { code: 'household-ended' })
    assert.equal(await hasEnded(grandma), true)
    // What is on the phone can still be taken along.
    const file = await downloaded(page, 'Make the page')
    assert.equal([...file.toString().matchAll(/<li class="voice">/g)].length, 3)
    assert.deepEqual(trouble, [])
  })
})
