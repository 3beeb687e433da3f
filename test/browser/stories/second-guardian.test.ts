import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { newRecording } from '../../harness/member.ts'
import { step } from '../../../src/client/live.ts'
import { sendVoice } from '../../../src/client/voices.ts'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { comesIn } from '../childs-side.ts'
import * as people from '../people.ts'
import { DECIDES, startHousehold, letIn, follow } from './household.ts'
import { assertLogs } from './log.ts'

describe('story: the only phone of one guardian is lost; the other one is there', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let mum: Page
  let next: Page
  let trouble: string[][]

  before(async () => {
    server = stack.use(await startTestServer())
    mum = stack.use(await launchChromium()).page
    next = stack.use(await launchChromium()).page
    trouble = [mum, next].map((page) => follow(page, server))
    await startHousehold(mum, server)
    const lost = await comesIn(mum, server, { name: 'Papa', role: DECIDES })
    await sendVoice(lost, { ...newRecording(), to: 'child' })
    await step(lost)
    await mum.getByText('Papa to Mia').first().waitFor()
  })

  test('he is invited again, and has all that was said to the family before', async () => {
    const link = await people.invite(mum, 'Papa', DECIDES)
    await people.askToJoin(next, server, { link, email: freshAddress(), name: 'Papa' })
    await letIn(mum, next)
    await next.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    await next.getByText('Papa to Mia').first().waitFor()
    await next
      .getByRole('button', { name: /^Play: Papa/ })
      .first()
      .waitFor()
    const again = ['invite guardian', 'add, rotated']
    await assertLogs(server, ['genesis', ...again, ...again])
    assert.deepEqual(trouble, [[], []])
  })
})
