import assert from 'node:assert/strict'
import { createECDH, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accountId, deviceId, householdId, principalId } from '../../protocol/ids.ts'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import { createLog } from '../platform/log.ts'
import { openVault, type PushTerms, type Vault } from './vault.ts'

const log = createLog('silent', { write: () => {} })
const SEALED = { code: 'internal', reason: 'vault-sealed' }
const TERMS: PushTerms = {
  seconds: 60,
  urgency: 'normal',
  topic: 'post',
  contact: 'https://pawpost.example',
}
const household = householdId.from(randomBytes(16))
const name = { household, device: deviceId.from(randomBytes(16)) }
const mailName = { household, person: principalId.from(randomBytes(16)) }
const account = accountId.from(randomBytes(16))

let folder = ''
let vault: Vault

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-notices-'))
  vault = await open()
})
after(() => rm(folder, { recursive: true }))

async function open(addressesPerHour = 200): Promise<Vault> {
  const passwords = await cheapPasswords(folder)
  return openVault(join(folder, 'vault'), { log, passwords, addressesPerHour })
}

function browserAt(endpoint: string) {
  const curve = createECDH('prime256v1')
  const p256dh = Uint8Array.from(curve.generateKeys())
  return { endpoint, p256dh, auth: Uint8Array.from(randomBytes(16)) }
}

test('a push is made for a browser, and all pushes are as long', async () => {
  const endpoints = ['https://a.example/p', `https://push.example/${'x'.repeat(900)}`]
  const lengths = new Set<string>()
  for (const endpoint of endpoints) {
    const sealed = await vault.sealBrowser(name, browserAt(endpoint))
    const ready = await vault.preparePush({ ...name, sealed }, TERMS)
    assert.equal(ready.endpoint, endpoint)
    assert.ok(ready.headers.some(([header]) => header === 'authorization'))
    lengths.add(`${sealed.length} ${ready.body.length}`)
  }
  assert.equal(lengths.size, 1)
})

test('the key that browsers subscribe with stays, whatever is rotated', async () => {
  const key = await vault.pushKey()
  assert.equal(key.length, 65)
  await vault.beginRotation()
  await vault.endRotation()
  assert.deepEqual(await (await open()).pushKey(), key)
})

test('what is sealed opens in its own place only', async () => {
  const sealed = await vault.sealBrowser(name, browserAt('https://a.example/p'))
  const other = { household, device: deviceId.from(randomBytes(16)) }
  await assert.rejects(vault.preparePush({ ...other, sealed }, TERMS), SEALED)
  const link = await vault.sealMailLink(mailName, account)
  assert.equal(await vault.openMailLink({ ...mailName, sealed: link }), account)
  const somebody = { household, person: principalId.from(randomBytes(16)) }
  await assert.rejects(vault.openMailLink({ ...somebody, sealed: link }), SEALED)
  await assert.rejects(vault.openMailLink({ ...mailName, sealed }), SEALED)
})

test('after a rotation the old copies open no more, and those sealed anew do', async () => {
  const browser = { ...name, sealed: await vault.sealBrowser(name, browserAt('https://a.example')) }
  const mail = { ...mailName, sealed: await vault.sealMailLink(mailName, account) }
  await vault.beginRotation()
  const [freshBrowser] = await vault.resealBrowsers([browser])
  const [freshMail] = await vault.resealMailLinks([mail])
  assert.ok(freshBrowser && freshMail)
  assert.deepEqual(await vault.resealMailLinks([{ ...mail, sealed: freshMail }]), [freshMail])
  await vault.endRotation()
  await assert.rejects(vault.preparePush(browser, TERMS), SEALED)
  await assert.rejects(vault.openMailLink(mail), SEALED)
  assert.ok(await vault.preparePush({ ...browser, sealed: freshBrowser }, TERMS))
  assert.equal(await vault.openMailLink({ ...mail, sealed: freshMail }), account)
  assert.deepEqual(await vault.resealBrowsers([browser]), [undefined])
})

test('links are opened within a quarter of what addresses are, and leave addresses alone', async () => {
  const small = await open(8)
  const mail = { ...mailName, sealed: await small.sealMailLink(mailName, account) }
  for (const _ of [1, 2]) await small.openMailLink(mail)
  await assert.rejects(small.openMailLink(mail), { code: 'busy', reason: 'link-budget' })
  const sealed = await small.sealAddress(account, 'ann@family.example')
  assert.equal(await small.openAddress({ account, sealed }, 'notice'), 'ann@family.example')
})
