import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Device } from '../../src/keys/device.ts'
import { setLanguage } from '../../src/protocol/api/accounts.ts'
import { LANGUAGES } from '../../src/protocol/api/languages.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { readNotices, startMail, stopMail, type MailPace } from '../../src/protocol/api/notices.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { WORDS } from '../../src/server/mail/mail.ts'
import { mailsTo, post, signUpAt, type TestAccount } from '../harness/account.ts'
import type { TestClock } from '../harness/clock.ts'
import { wholeFamily, type WholeFamily } from '../harness/family.ts'
import {
  familyClock,
  refuses,
  sealVoice,
  send,
  upload,
  visit,
  visitWith,
  type Visitor,
} from '../harness/key-plane.ts'
import { readMail } from '../harness/read-mail.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

const clock: TestClock = familyClock()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const POST = /there is post for you/

let server: TestServer
let mums: Visitor
let account: TestAccount
let grandmas: Visitor
let home: WholeFamily
let said = 0

before(async () => {
  server = await startTestServer({ clock, args: ['--push-hosts', 'none'] })
  mums = await visit(server, clock)
})
after(() => server.close())

/** A family whose grandma is mailed. */
async function settle(pace: MailPace): Promise<void> {
  home = await wholeFamily()
  said = 0
  await upload(mums, home.family, home.mum.device)
  account = await signUpAt(server)
  grandmas = visitWith(server, account.cookie, clock)
  await ask(grandmas, home.grandma.device, pace)
}

function ask({ api }: Visitor, device: Device, pace: MailPace): Promise<unknown> {
  const params = { household: home.family.household.id }
  return api.call(startMail, { params, body: { pace } }, device)
}

async function speak(): Promise<void> {
  const { family, mum, grandma } = home
  said += 1
  const voice = await sealVoice(family, mum, [grandma.person], { bytes: 6000, n: said })
  await send(mums, family, mum.device, voice)
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await sleep(1600)
}

/** Whether somebody of the family is to be mailed. */
async function isDue(): Promise<boolean> {
  const key = householdId.bytes(home.family.household.id)
  const { rowCount } = await asOwner(server.data, (client) =>
    client.query('SELECT FROM mail_notices WHERE household = $1 AND due_at IS NOT NULL', [key]),
  )
  return rowCount !== 0
}

function mails(): Promise<string[]> {
  return mailsTo(server, account.email, POST)
}

/** The code of a mail, in its text and in its header. */
function codesIn(mail: string | undefined): { link: string; header: string } {
  const link = /\/unsubscribe#(\S{22})\r$/m.exec(mail ?? '')?.[1]
  const header = /^List-Unsubscribe: <\S+\/unsubscribe\/(\S{22})>\r$/m.exec(mail ?? '')?.[1]
  assert.ok(link && header)
  return { link, header }
}

test('a person is mailed that post came, once a day, and what it says is the same for everybody', async () => {
  await settle('daily')
  const { family, grandma } = home
  const params = { household: family.household.id }
  const state = await grandmas.api.call(readNotices, { params }, grandma.device)
  assert.deepEqual(state, { push: false, mail: 'daily' })
  await speak()
  await pass(9 * MINUTE)
  assert.equal((await mails()).length, 0)
  await pass(2 * MINUTE)
  const [mail = ''] = await mails()
  const { host } = new URL(server.origin)
  assert.match(mail, new RegExp(`^Subject: There is post for you at ${host}\r$`, 'm'))
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  assert.equal(codesIn(mail).link, codesIn(mail).header)
  await speak()
  await pass(23 * HOUR)
  assert.equal((await mails()).length, 1, 'once a day')
  await pass(HOUR)
  const [, again = ''] = await mails()
  const same = (text: string): string => text.replaceAll(/^(Date|Message-ID): .*$/gm, '')
  assert.equal(same(again), same(mail))
  // Grandma's device and mum's: of neither is there anything but ids in the log.
  assert.ok(!server.lines.join().includes(account.email))
})

test('whoever was there since is not mailed', async () => {
  await settle('at-once')
  const { family, grandma } = home
  await speak()
  const params = { household: family.household.id, principal: grandma.person }
  await grandmas.api.call(readMailbox, { params }, grandma.device)
  // Her visit is noted beside the answer.
  while (await isDue()) await sleep(20)
  await pass(HOUR)
  assert.equal((await mails()).length, 0)
  await speak()
  await pass(11 * MINUTE)
  assert.equal((await mails()).length, 1)
  await speak()
  await pass(30 * MINUTE)
  assert.equal((await mails()).length, 1, 'at once is once an hour')
  await pass(30 * MINUTE)
  assert.equal((await mails()).length, 2)
})

test('a mail ends the mails, once, by a POST and by nothing else', async () => {
  await settle('at-once')
  await speak()
  await pass(11 * MINUTE)
  const { link: code } = codesIn((await mails())[0])
  const seen = await fetch(`${server.origin}/unsubscribe/${code}`)
  assert.equal(seen.status, 200)
  assert.equal((await fetch(`${server.origin}/api/unsubscriptions?code=${code}`)).status, 404)
  const params = { household: home.family.household.id }
  const before = await grandmas.api.call(readNotices, { params }, home.grandma.device)
  assert.equal(before.mail, 'at-once')
  assert.equal((await post(server, '/api/unsubscriptions', { code })).status, 204)
  const again = await post(server, '/api/unsubscriptions', { code })
  assert.equal(((await again.json()) as { code: string }).code, 'code-wrong')
  await speak()
  await pass(2 * HOUR)
  assert.equal((await mails()).length, 1)
})

test('a mail program ends them by one click, with nobody signed in', async () => {
  await settle('daily')
  await speak()
  await pass(11 * MINUTE)
  const { header } = codesIn((await mails())[0])
  const click = (code: string): Promise<Response> =>
    fetch(`${server.origin}/unsubscribe/${code}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  const wrong = await click('A'.repeat(22))
  assert.equal(wrong.status, 403)
  assert.equal((await click('nonsense')).status, 403)
  assert.equal((await click(header)).status, 204)
  assert.equal((await click(header)).status, 403)
  const params = { household: home.family.household.id }
  const state = await grandmas.api.call(readNotices, { params }, home.grandma.device)
  assert.equal(state.mail, undefined)
})

test('mails stop when they are not wanted any more', async () => {
  await settle('at-once')
  const params = { household: home.family.household.id }
  await grandmas.api.call(stopMail, { params }, home.grandma.device)
  await speak()
  await pass(HOUR)
  assert.equal((await mails()).length, 0)
})

test('an account that is gone is mailed nothing, and forgotten', async () => {
  await settle('at-once')
  await asOwner(server.data, (client) =>
    client.query('SELECT delete_account($1)', [account.account]),
  )
  await speak()
  await pass(11 * MINUTE)
  assert.equal((await mails()).length, 0)
  const { rowCount } = await asOwner(server.data, (client) =>
    client.query('SELECT FROM mail_notices WHERE due_at IS NOT NULL'),
  )
  assert.equal(rowCount, 0)
})

test('nothing waits for a mail that cannot be sent, and it is sent when it can', async () => {
  await settle('at-once')
  const outbox = join(server.data, 'outbox')
  const aside = join(server.data, 'outbox.aside')

  await rename(outbox, aside)
  await writeFile(outbox, 'a file, and no folder')
  await speak()
  await pass(11 * MINUTE)
  await speak()
  await rm(outbox)
  await rename(aside, outbox)
  assert.equal((await mails()).length, 0)
  await pass(16 * MINUTE)
  assert.equal((await mails()).length, 1)
})

test('a recovery card asks for no mail', async () => {
  await settle('daily')
  await refuses(ask(mums, home.card, 'daily'), 'device-refused', 'card')
})

test('a mail that comes later speaks the language that the account remembers, and says no more', async () => {
  for (const language of LANGUAGES) {
    await settle('at-once')
    await grandmas.api.call(setLanguage, { body: { language } })
    await speak()
    await pass(11 * MINUTE)
    await speak()
    await pass(HOUR)
    const all = (await server.mails()).filter((mail) => mail.includes(`<${account.email}>`))
    const [first = '', second = ''] = all.slice(-2)
    const mail = readMail(first)
    const { host } = new URL(server.origin)
    const stop = codesIn(first).link
    const given = { host, origin: server.origin, stop: `${server.origin}/unsubscribe#${stop}` }
    assert.equal(mail.language, language)
    const { subject, text } = WORDS[language].post(given)
    assert.deepEqual([mail.subject, mail.text], [subject, text])
    assert.equal(first.length, second.length)
  }
})
