import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { mailsTo } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { HASHES } from '../harness/cloudpets-export.ts'
import { importAll } from '../harness/import-run.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'

// Families of the first maker come over: one whose password was always good, and one with a word
// that every thief knows.

const [WEAK, WEAK_HASH] = HASHES[3]
const GOOD = 'grandma bakes apple cake'
/** bcrypt (cost 5) of that, made once. */
const GOOD_HASH = '$2b$05$dpQ5.tXmAX4UefLsa/d8I.7DcO2WC5d6ydDlU4/d/XjgZa3Dh71eK'
const NEXT = 'seven lanterns over the pond'
const [careful, careless] = ['careful@family.example', 'careless@family.example']

/** A line of the maker's `_User` collection, as mongoexport writes it. */
function user(id: string, email: string, hash: string): string {
  const document = { _id: id, email, username: email, emailVerified: true, _hashed_password: hash }
  return `${JSON.stringify(document)}\n`
}

describe('who comes from CloudPets', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-import-story-'))
  stack.defer(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'export'))
  const lines = user('aaaaaaaaaa', careful, GOOD_HASH) + user('bbbbbbbbbb', careless, WEAK_HASH)
  await writeFile(join(folder, 'export', '_User.json'), lines)
  const server = stack.use(await startTestServer())
  await server.restart(async () => {
    const { accounts } = await importAll(server.data, [join(folder, 'export')])
    assert.equal(accounts.imported, 2)
  })

  const signIn = async (page: Page, email: string, password: string): Promise<void> => {
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'I have an account' }).click()
    await page.getByLabel('Your e-mail address').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  test('signs in with the password of then, if it is a good one, and starts a family', async () => {
    await using browser = await launchChromium()
    const { page } = browser
    const trouble = watch(page, server.origin)
    await signIn(page, careful, GOOD)
    await people.startFamily(page, { child: 'Mia', me: 'Mama' })
    assert.deepEqual(trouble, [])
  })

  test('with a word that thieves know, gets a mail, and comes in with a new password', async () => {
    await using browser = await launchChromium()
    const { page } = browser
    const trouble = watch(page, server.origin)
    await signIn(page, careless, WEAK)
    await page.getByRole('alert').getByText('We have sent you a mail').waitFor()
    assert.deepEqual(await complaints(page), [])
    const [mail = ''] = await mailsTo(server, careless, /\/reset#/)
    await page.goto(/^http\S+\/reset#\S+/m.exec(mail)?.[0] ?? '')
    await page.getByLabel('Your new password').fill(WEAK)
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByRole('alert').getByText('too short').waitFor()
    await page.getByLabel('Your new password').fill(NEXT)
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await people.startFamily(page, { child: 'Tom', me: 'Papa' })
    assert.deepEqual(trouble, [])
  })
})
