import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { signUpAt } from '../harness/account.ts'
import { appOwnerAt, type AppOwner } from '../harness/app-owner.ts'
import type { CreationOptions } from '../../src/protocol/api/passkeys.ts'
import { createAuthenticator } from '../harness/authenticator.ts'
import { appCode, browserAt } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { pawpost, personAt, type Person, type Ran, type Refusal } from '../harness/command.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')
const clock = createTestClock()
let folder = ''
let server: TestServer
let count = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-second-step-'))
  server = await startTestServer({ clock })
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

function newPerson(): Person {
  count += 1
  return personAt(join(folder, `person-${count}`))
}

const signIn = (email: string): string[] => ['sign-in', '--server', server.origin, '--email', email]

function nextCode({ secret }: AppOwner): string {
  clock.advance(30_000)
  return appCode(secret, clock.now())
}

/** A sign-in with these lines on standard input. */
function entering({ email }: { email: string }, ...lines: readonly string[]): Promise<Ran> {
  const args = ['client', '--profile', newPerson().folder, ...signIn(email)]
  return pawpost(args, lines.map((line) => `${line}\n`).join(''))
}

async function refused(ran: Promise<Ran>): Promise<Refusal> {
  const { code, stdout, stderr } = await ran
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' }, stderr)
  return JSON.parse(stderr) as Refusal
}

test('the six digits come in a second line, with or without a space', async () => {
  const owner = await appOwnerAt(server, clock.now())
  const { email, password, account } = owner
  const one = await entering(owner, password, nextCode(owner))
  assert.equal(one.stderr, '')
  assert.deepEqual(JSON.parse(one.stdout), { account })
  const two = await entering(owner, password, nextCode(owner).replace(/^.../, '$& '))
  assert.deepEqual(JSON.parse(two.stdout), { account })
  const person = newPerson()
  assert.deepEqual(await person.says(`${password}\n${nextCode(owner)}`, ...signIn(email)), {
    account,
  })
})

test('a recovery code will do, once, and it is said how many are left', async () => {
  const owner = await appOwnerAt(server, clock.now())
  const { body } = await owner.browser.post('/api/factors/recovery-codes')
  const [code = ''] = body['codes'] as string[]
  const { account, password } = owner
  const done = await entering(owner, password, code.toLowerCase())
  assert.deepEqual(JSON.parse(done.stdout), { account, recoveryCodes: 9 })
  assert.equal((await refused(entering(owner, password, code))).code, 'factor-refused')
})

test('without a code, and with a wrong one, it is said what to do', async () => {
  const owner = await appOwnerAt(server, clock.now())
  const { password } = owner
  const missing = await refused(entering(owner, password))
  assert.deepEqual([missing.code, missing.reason], ['second-factor-needed', 'totp recovery-code'])
  assert.match(missing.message, /second factor/)
  const wrong = await refused(entering(owner, password, appCode(owner.secret, 0)))
  assert.equal(wrong.code, 'factor-refused')
  assert.match(wrong.message, /did not work/)
})

test('an account whose second factor is a passkey wants a recovery code here', async () => {
  const account = await signUpAt(server)
  const [name = '', value = ''] = account.cookie.split('=')
  const browser = browserAt(server, new Map([[name, value]]))
  const options = (await browser.post('/api/factors/passkeys/challenge')).body as CreationOptions
  const { passkey: _, ...made } = createAuthenticator(server.origin).create(options)
  const added = await browser.post('/api/factors/passkeys', made)
  const codes = added.body['recoveryCodes'] as string[]
  const { password } = account
  const missing = await refused(entering(account, password))
  assert.equal(missing.code, 'second-step-in-app')
  assert.match(missing.message, /recovery code, or sign in with the app/)
  assert.equal((await refused(entering(account, password, '123456'))).code, 'second-step-in-app')
  const done = await entering(account, password, codes[0] ?? '')
  assert.deepEqual(JSON.parse(done.stdout), { account: account.account, recoveryCodes: 9 })
})

test('a sign-in that waited for more than five minutes is to be begun again', async () => {
  const owner = await appOwnerAt(server, clock.now())
  const args = ['client', '--profile', newPerson().folder, ...signIn(owner.email)]
  const child = spawn(LAUNCHER, args, { stdio: ['pipe', 'ignore', 'pipe'] })
  const said = text(child.stderr)
  const before = server.lines.length
  child.stdin.write(`${owner.password}\n`)
  while (!server.lines.slice(before).some((line) => line.includes('"status":403'))) await sleep(50)
  clock.advance(5 * 60_000)
  child.stdin.write(`${appCode(owner.secret, clock.now())}\n`)
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 1)
  const error = JSON.parse(await said) as Refusal
  assert.equal(error.code, 'second-step-late')
  assert.match(error.message, /sign in again/)
})

/** What a terminal showed while a command ran in it, and how it ended. */
async function atTerminal(
  args: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
): Promise<{ shown: string; code: number }> {
  const command = [LAUNCHER, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let shown = ''
  let read = 0
  child.stdout.on('data', (chunk: Buffer) => void (shown += chunk.toString()))
  const closed = once(child, 'close') as Promise<[number]>
  for (const [question, answer] of answers) {
    while (!shown.slice(read).includes(question)) await sleep(20)
    read = shown.length
    // The terminal is still switched over when the question is there already.
    await sleep(200)
    child.stdin.write(`${answer}\r`)
  }
  const [code] = await closed
  return { shown, code }
}

test('at a terminal a wrong code is asked for again, and the password stays unseen', async () => {
  const owner = await appOwnerAt(server, clock.now())
  const args = ['client', '--profile', newPerson().folder, ...signIn(owner.email)]
  const question = 'The six digits from your authenticator app, or a recovery code: '
  const right = nextCode(owner)
  const { shown, code } = await atTerminal(args, [
    ['Password: ', owner.password],
    [question, appCode(owner.secret, 0)],
    [question, right],
  ])
  assert.equal(code, 0, shown)
  assert.ok(!shown.includes(owner.password))
  assert.match(shown, /factor-refused/)
  assert.ok(shown.includes(right) && shown.includes(`{"account":"${owner.account}"}`))
})

test('Control and C at a question ends the command', async () => {
  const args = ['client', '--profile', newPerson().folder, ...signIn('ann@family.example')]
  const { shown, code } = await atTerminal(args, [['Password: ', 'half a pass\u0003']])
  assert.notEqual(code, 0)
  assert.ok(!shown.includes('half'))
})
