import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { step } from '../../../src/client/live.ts'
import { sendVoice } from '../../../src/client/voices.ts'
import type { Client } from '../../../src/client/client.ts'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { foundAt, newRecording, startClient } from '../../harness/member.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { invite } from '../../../src/client/invitations.ts'
import { admit, guardianDigits, waitingRequests } from '../../../src/client/requests.ts'
import * as people from '../people.ts'
import { leave, OUT, takeEverything, follow } from './household.ts'
import { assertLogs } from './log.ts'

const JOINED = ['genesis', 'invite guardian', 'add, rotated']
const LEFT = [...JOINED, 'remove guardian by self, rotated']

describe('story: a guardian leaves, and takes everything along', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let mum: Client
  let page: Page
  let trouble: string[]

  const says = async (): Promise<void> => {
    await sendVoice(mum, { ...newRecording(), to: 'child' })
    await step(mum)
  }

  before(async () => {
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = follow(page, server)
    mum = startClient(await foundAt(server, { child: 'Mia', mum: 'Mama' }))
    await says()
    const { link } = await invite(mum, { role: 'guardian', name: 'Papa' })
    await people.askToJoin(page, server, { link, email: freshAddress(), name: 'Papa' })
    const [asking] = await waitingRequests(mum)
    assert.ok(asking)
    const digits = await people.digitsOn(page)
    assert.equal(await guardianDigits(mum, asking.request), digits)
    await admit(mum, asking.request, digits)
    await step(mum)
    await page.getByText('Mama to Mia').first().waitFor()
  })

  test('first the file with all the voices, then the door; nobody is asked', async () => {
    const file = (await takeEverything(page, server.origin)).toString()
    assert.match(file, /<title>Voices for Mia/)
    assert.equal([...file.matchAll(/<li class="voice">/g)].length, 1)
    await leave(page, server.origin)
    await page.getByText('You left the family.').waitFor()
    await assertLogs(server, LEFT)
  })

  test('the others replace what he chose when he went; what they say then is not for him', async () => {
    await step(mum)
    await assertLogs(server, [...LEFT, 'rotate'])
    await says()
    await page.reload()
    await page.getByRole('heading', { name: OUT }).waitFor()
    await page.getByText('Mama', { exact: true }).first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^Play/ }).count(), 1)
    assert.deepEqual(trouble, [])
  })
})
