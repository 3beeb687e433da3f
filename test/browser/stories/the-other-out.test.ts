import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../harness/chromium.ts'
import { createTestClock } from '../../harness/clock.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { complaints } from '../accessible.ts'
import { comesIn } from '../childs-side.ts'
import {
  announceRemoval,
  comeIn,
  DECIDES,
  openPerson,
  OUT,
  startHousehold,
  follow,
} from './household.ts'
import { assertLogs } from './log.ts'

const HOURS = 60 * 60 * 1000
const JOINED = ['invite guardian', 'add, rotated']
const BY_VOTES = ['notice', 'remove guardian by quorum, rotated']
const THREE = ['genesis', ...JOINED, ...JOINED]

describe('story: a guardian wants another one out', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const clock = createTestClock()
  let server: TestServer
  let mum: Page
  let dad: Page
  let trouble: string[][]

  const later = async (hours: number): Promise<void> => {
    clock.advance(hours * HOURS)
    for (const page of [mum, dad]) await page.clock.fastForward(hours * HOURS)
  }

  before(async () => {
    server = stack.use(await startTestServer({ clock }))
    mum = stack.use(await launchChromium()).page
    dad = stack.use(await launchChromium()).page
    trouble = [mum, dad].map((page) => follow(page, server))
    await startHousehold(mum, server)
    await comeIn(mum, dad, { server, name: 'Papa', role: DECIDES })
    // Only one guardian's device can answer who wants to come in: the first one that looks.
    await dad.goto('about:blank')
    await comesIn(mum, server, { name: 'Uncle Ben', role: DECIDES })
    for (const page of [mum, dad]) {
      await page.clock.install()
      await page.goto(server.origin)
      await page.getByRole('heading', { name: 'Post for Mia' }).waitFor()
    }
  })

  test('alone nobody can; two of three agree, and it happens at once', async () => {
    await announceRemoval(mum, 'Uncle Ben')
    await assertLogs(server, [...THREE, 'notice'])
    await openPerson(mum, 'Uncle Ben')
    await mum.getByRole('button', { name: 'Ask the others' }).click()
    await mum.getByRole('dialog').getByRole('button', { name: 'Ask them' }).click()
    await mum.getByText('The others have been asked.').waitFor()
    await dad.getByText('Uncle Ben leaves the family at once.').waitFor()
    assert.deepEqual(await complaints(dad), [])
    await assertLogs(server, [...THREE, 'notice'])
    await dad.getByRole('button', { name: 'Agree' }).click()
    await dad.getByRole('button', { name: 'Agree' }).waitFor({ state: 'detached' })
    await mum.getByRole('link', { name: 'Family' }).click()
    await mum.getByRole('link', { name: /Uncle Ben/ }).waitFor({ state: 'detached' })
    await assertLogs(server, [...THREE, ...BY_VOTES])
  })

  test('where two are left, it takes 72 hours, in which the other one knows', async () => {
    await openPerson(mum, 'Papa')
    await mum.getByText('The others cannot decide this').waitFor()
    await announceRemoval(mum, 'Papa')
    await dad.getByRole('heading', { name: 'Mama announced that you have to go' }).waitFor()
    await later(71)
    await dad.getByRole('heading', { name: 'Mama announced that you have to go' }).waitFor()
    await mum.getByRole('heading', { name: 'You announced that Papa has to go' }).waitFor()
    assert.equal(await mum.getByRole('button', { name: 'Carry it out now' }).count(), 0)
    await later(2)
    await mum.getByRole('button', { name: 'Carry it out now' }).click()
    await mum.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await dad.getByRole('heading', { name: OUT }).waitFor()
    await dad.getByText('ended after the time that was announced').waitFor()
    const byNotice = ['notice', 'remove guardian by notice, rotated']
    await assertLogs(server, [...THREE, ...BY_VOTES, ...byNotice])
    assert.deepEqual(trouble, [[], []])
  })
})
