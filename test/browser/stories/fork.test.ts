import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { complaints } from '../accessible.ts'
import * as people from '../people.ts'
import {
  announceRemoval,
  comeIn,
  DECIDES,
  leave,
  startHousehold,
  takeEverything,
  follow,
} from './household.ts'
import { assertLogs } from './log.ts'

const DISPUTE = ['genesis', 'invite guardian', 'add, rotated', 'notice', 'notice']
// What he chose for the others when he went, he knows: the others replace it at once.
const FORKED = [...DISPUTE, 'remove guardian by self, rotated', 'rotate']

describe('story: two guardians fall out, and one of them begins anew', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let mum: Page
  let dad: Page
  let trouble: string[][]
  let archive: Buffer

  before(async () => {
    server = stack.use(await startTestServer())
    mum = stack.use(await launchChromium()).page
    dad = stack.use(await launchChromium()).page
    trouble = [mum, dad].map((page) => follow(page, server))
    await startHousehold(mum, server)
    await comeIn(mum, dad, { server, name: 'Papa', role: DECIDES })
    await mum.getByRole('link', { name: 'To Mia' }).click()
    await people.recordByTaps(mum, 1500)
    await people.send(mum)
    await dad.getByText('Mama to Mia').first().waitFor()
  })

  test('each announces that the other has to go; each reads it, and nobody is out', async () => {
    await announceRemoval(mum, 'Papa')
    await dad.getByRole('heading', { name: 'Mama announced that you have to go' }).waitFor()
    await dad.getByText('you hear everything as before').waitFor()
    assert.deepEqual(await complaints(dad), [])
    await announceRemoval(dad, 'Mama')
    await mum.getByRole('heading', { name: 'Papa announced that you have to go' }).waitFor()
    await assertLogs(server, DISPUTE)
  })

  test('he takes all voices along and goes, without waiting for anybody', async () => {
    archive = await takeEverything(dad, server.origin)
    await leave(dad, server.origin)
    await assertLogs(server, FORKED)
    const stands = mum.getByRole('heading', { name: /announced that/ })
    await stands.first().waitFor({ state: 'detached' })
  })

  test('on the wiped phone a family of his own has the voices, and neither side sees the other', async () => {
    await dad.getByRole('button', { name: 'Wipe this phone' }).click()
    await dad.getByRole('dialog').getByRole('button', { name: 'Wipe it' }).click()
    await dad.getByRole('button', { name: 'Make an account' }).waitFor()
    await people.signUp(dad, server, freshAddress())
    await people.startFamily(dad, { child: 'Mia', me: 'Papa' })
    await dad.goto(`${server.origin}/settings/bring`)
    const file = { name: 'voices.html', mimeType: 'text/html', buffer: archive }
    await dad.getByLabel('The file').setInputFiles(file)
    await dad.getByRole('button', { name: 'Bring the voices' }).click()
    await dad.getByText('One recording is new here.').first().waitFor()
    await dad.getByRole('link', { name: 'Listen to them' }).click()
    await dad.getByText('Mama to Mia').first().waitFor()
    await dad.getByRole('link', { name: 'Family' }).click()
    await dad.getByRole('link', { name: /Papa/ }).waitFor()
    assert.equal(await dad.getByText('Mama').count(), 0)
    await assertLogs(server, FORKED, ['genesis'])
    assert.deepEqual(trouble, [[], []])
  })
})
