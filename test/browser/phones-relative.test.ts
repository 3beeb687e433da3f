import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { removePerson } from '../../src/client/leaving.ts'
import { step } from '../../src/client/live.ts'
import { members } from '../../src/client/people.ts'
import { invite } from '../../src/client/invitations.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { foundAt, newRecording, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import * as people from './people.ts'
import * as phones from './phones.ts'

describe('a relative and two phones', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const email = freshAddress()
  let server: TestServer
  let mother: ReturnType<typeof startClient>
  let old: Page
  let next: Page

  before(async () => {
    server = stack.use(await startTestServer())
    old = stack.use(await launchChromium()).page
    next = stack.use(await launchChromium()).page
    mother = startClient(await foundAt(server, { child: 'Mia', mum: 'Mama' }))
    const { link } = await invite(mother, { role: 'relative', name: 'Grandma' })
    await people.askToJoin(old, server, { link, email, name: 'Grandma' })
    const [asking] = await waitingRequests(mother)
    assert.ok(asking)
    const digits = await people.digitsOn(old)
    assert.equal(await guardianDigits(mother, asking.request), digits)
    await admit(mother, asking.request, digits)
    await step(mother)
    await old.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  })

  test('is told of the one way in, until there are two', async () => {
    await old.getByRole('link', { name: 'Settings' }).click()
    await old.getByText('Only this phone opens your messages').waitFor()
    assert.deepEqual(await complaints(old), [])
    await old.getByRole('link', { name: 'Back' }).click()
    await phones.secondPhone(old, next, email)
    await next.getByRole('link', { name: 'Settings' }).click()
    await next.getByRole('link', { name: 'Show my phones' }).waitFor()
    assert.equal(await next.getByText('Only this phone opens your messages').count(), 0)
  })

  test('who was removed is told so on both, and keeps what was received', async () => {
    const grandma = (await members(mother)).find(({ name }) => name === 'Grandma')
    assert.ok(grandma)
    await sendVoice(mother, { ...newRecording(), to: grandma.person })
    await step(mother)
    for (const page of [old, next]) {
      await page.goto(server.origin)
      await page.getByRole('button', { name: /^Play/ }).first().waitFor()
    }
    await next.context().setOffline(true)
    await removePerson(mother, grandma.person)
    await step(mother)
    for (const page of [old, next]) {
      await page.context().setOffline(false)
      await page.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
      await page.getByText('What you had received is yours').waitFor()
      await page.getByRole('heading', { name: 'What you had received' }).waitFor()
      await page.getByText('Mama').waitFor()
      await page.getByRole('button', { name: /^Play/ }).waitFor()
      assert.deepEqual(await complaints(page), [])
      assert.equal(await page.getByRole('link').count(), 0)
    }
  })
})
