import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { deviceId } from '../../../src/protocol/ids.ts'
import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer, type TestServer } from '../../harness/server.ts'
import { asOwner } from '../../harness/stolen.ts'
import { relative, says } from '../childs-side.ts'
import * as people from '../people.ts'
import * as phones from '../phones.ts'
import { follow } from './household.ts'
import { assertLogs } from './log.ts'

const OLD = ['genesis', 'invite relative', 'add']

describe('story: phone and card are lost, and there is no other way', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const email = freshAddress()
  let server: TestServer
  let page: Page
  let trouble: string[]

  before(async () => {
    server = stack.use(await startTestServer())
    page = stack.use(await launchChromium()).page
    trouble = follow(page, server)
    await page.goto(server.origin)
  })

  test('it was said at the sign-up, before anything was made', async () => {
    await page
      .getByText('If all of them are lost, nobody can bring it back, not even we.')
      .waitFor()
    await people.signUp(page, server, email)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    const grandma = await relative(page, server, 'Grandma')
    await says(grandma, 1)
    await page.getByText('Grandma to Mia').waitFor()
    await assertLogs(server, OLD)
  })

  test('on a new phone the account is there, and a new family begins', async () => {
    await phones.newPhone(page, server.origin)
    await page.getByRole('button', { name: 'I have an account' }).click()
    await phones.signIn(page, email)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    assert.equal(await page.getByText('Grandma').count(), 0)
    await assertLogs(server, OLD, ['genesis'])
  })

  test('what was said before is still there as ciphertext, and nothing opens it here', async () => {
    const { kept, wrapped } = await asOwner(server.data, async (client) => {
      const messages = await client.query<{ count: string }>(
        `SELECT count(*) FROM messages WHERE household =
          (SELECT household FROM households ORDER BY created_at LIMIT 1)`,
      )
      const wraps = await client.query<{ household: string; device: Buffer }>(
        `SELECT encode(household, 'hex') AS household, device FROM wraps
         JOIN households USING (household) ORDER BY created_at`,
      )
      return { kept: Number(messages.rows[0]?.count), wrapped: wraps.rows }
    })
    assert.ok(kept > 0, 'the old family’s messages')
    const of = Map.groupBy(wrapped, ({ household }) => household)
    const [old = [], fresh = []] = [...of.values()].map((wraps) =>
      wraps.map(({ device }) => deviceId.from(Uint8Array.from(device))),
    )
    assert.ok(old.length > 0 && fresh.length > 0)
    assert.deepEqual(
      old.filter((device) => fresh.includes(device)),
      [],
      'no secret of the old family is wrapped for the new phone',
    )
    assert.deepEqual(trouble, [])
  })

  test('control: an expected log with one link missing, or one too many, is noticed', async () => {
    const other = { code: 'ERR_ASSERTION' }
    await assert.rejects(assertLogs(server, OLD.slice(0, -1), ['genesis']), other)
    await assert.rejects(assertLogs(server, OLD.toSpliced(1, 1), ['genesis']), other)
    await assert.rejects(assertLogs(server, [...OLD, 'remove'], ['genesis']), other)
    await assert.rejects(assertLogs(server, OLD), other)
  })
})
