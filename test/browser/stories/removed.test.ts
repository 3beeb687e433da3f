import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { complaints } from '../accessible.ts'
import * as people from '../people.ts'
import { comeIn, OUT, removeRelative, startHousehold, follow } from './household.ts'
import { assertLogs } from './log.ts'

const REMOVED = ['genesis', 'invite relative', 'add', 'remove relative by guardian']

describe('story: a relative is removed, and the old phone comes back', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: TestServer
  let mum: Page
  let old: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer())
    mum = stack.use(await launchChromium()).page
    old = stack.use(await launchChromium()).page
    trouble = follow(mum, server)
    follow(old, server)
    await startHousehold(mum, server)
    await comeIn(mum, old, { server, name: 'Aunt Ilse' })
    await people.recordByTaps(old, 1500)
    await people.send(old)
    await mum.getByText('Aunt Ilse to Mia').first().waitFor()
    await old.context().setOffline(true)
    await people.recordByTaps(old, 1500)
    await people.send(old)
  })

  test('a guardian does it at once, and nothing has to be replaced for it', async () => {
    await removeRelative(mum, 'Aunt Ilse')
    assert.deepEqual(await complaints(mum), [])
    await assertLogs(server, REMOVED)
  })

  test('back online, the old phone says that it is out; what it kept back reaches nobody', async () => {
    await old.context().setOffline(false)
    await old.getByRole('heading', { name: OUT }).waitFor()
    await old.getByText('Those who decide ended your place in the family').waitFor()
    assert.deepEqual(await complaints(old), [])
    for (const path of ['/', '/settings', '/record/child', '/family']) {
      await old.goto(server.origin + path)
      await old.getByRole('heading', { name: OUT }).waitFor()
    }
    await mum.goto(server.origin)
    await mum.getByText('Aunt Ilse to Mia').first().waitFor()
    assert.equal(
      await mum.getByText('Aunt Ilse to Mia').count(),
      1,
      'what she said before, no more',
    )
    await assertLogs(server, REMOVED)
    assert.deepEqual(trouble, [])
  })
})
