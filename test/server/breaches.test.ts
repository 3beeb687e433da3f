import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { cookieOf, freshAddress, mailsTo, post, signUpAt } from '../harness/account.ts'
import { importBreach } from '../harness/breach-run.ts'
import { createTestClock } from '../harness/clock.ts'
import { pawpost } from '../harness/command.ts'
import { createHunter } from '../harness/hunt.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { stolenTables } from '../harness/stolen.ts'

/** Lists that were stolen from somebody else, brought by the command that an operator types. */

const TOLD = /lists? that thieves carry around/
const NEXT_PASSWORD = 'porridge and honey at nine'
const clock = createTestClock()
let folder = ''
let server: TestServer
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-breach-'))
  server = await startTestServer({ clock })
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

async function fileOf(name: string, lines: readonly string[], isPacked = false): Promise<string> {
  const path = join(folder, name)
  const text = lines.join('\n')
  await writeFile(path, isPacked ? gzipSync(text) : text)
  return path
}

async function told(): Promise<string[]> {
  return (await server.mails()).filter((mail) => TOLD.test(mail))
}

/** Waits for so many, and then for one that must not come. */
async function toldAfter(count: number): Promise<string[]> {
  for (let tries = 0; tries < 200 && (await told()).length < count; tries += 1) await sleep(50)
  await sleep(500)
  return told()
}

type Asked = readonly { readonly source: string }[]

async function askedOf(cookie: string): Promise<string[]> {
  const headers = { cookie }
  const response = await fetch(`${server.origin}/api/accounts/current/check-up`, { headers })
  const { addressBreaches } = (await response.json()) as { addressBreaches: Asked }
  return addressBreaches.map(({ source }) => source)
}

const strange = (number: number): string => `stranger-${number}@elsewhere.example`

const SPELLINGS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => address.toUpperCase(),
  (address) => `   ${address}\r`,
  (address) => `${address}:hunter2:x@y`,
  (address) => `"${address}","Ann"`,
  (address) => `<${address}>`,
  (address) => `${address.replace('ann-', 'Ann-')};5f4dcc3b5aa765d61d8327deb882cf99`,
  (address) => `${address}\tBerlin`,
]

test('of 10,000 lines the eight of ours are told once, and of nobody else is anything kept', async () => {
  const emails = SPELLINGS.map(() => freshAddress())
  for (const email of emails) await signUpAt(server, email)
  const { email: spared } = await signUpAt(server)
  const lines = Array.from({ length: 10_000 }, (_, line) => `${strange(line)}:secret-${line}`)
  for (const [place, spelt] of SPELLINGS.entries()) {
    lines[place * 1234 + 5] = spelt(emails[place] ?? '')
  }
  lines[77] = 'no address at all'
  const path = await fileOf('shop.txt', lines)
  const report = await importBreach(server.data, [path, '--source', 'Toy Shop'])
  const { records, noAddress, found, known, complete } = report
  assert.deepEqual([records, noAddress, found, known, complete], [10_000, 1, 8, 0, true])
  const mails = await toldAfter(8)
  const addressees = mails.map((mail) => /^To: <(.*)>\r$/m.exec(mail)?.[1] ?? '')
  assert.deepEqual(addressees.toSorted(), emails.toSorted())
  assert.ok(mails.every((mail) => /Toy Shop/.test(mail) && /choose a new password/.test(mail)))

  const again = await importBreach(server.data, [path, '--source', 'Toy Shop'])
  assert.deepEqual([again.records, again.found, again.known], [10_000, 0, 8])
  await server.restart(async () => {
    const stopped = await importBreach(server.data, [path, '--source', 'Toy Shop'])
    assert.deepEqual([stopped.found, stopped.known], [0, 8])
  })
  assert.equal((await toldAfter(8)).length, 8)
  assert.equal((await mailsTo(server, spared, TOLD)).length, 0)

  // Toy Shop stands in the table, the owners in their mails: what looks for strangers finds these.
  const words = ['stranger-', 'elsewhere.example', 'secret-', 'Toy Shop', ...emails]
  const needles = words.map((word) => ({ name: word, form: 'utf-8', bytes: Buffer.from(word) }))
  const hunter = createHunter(needles)
  const seen = async (place: string, pieces: Parameters<typeof hunter.hunt>[1]) =>
    (await hunter.hunt(place, pieces)).map(({ name }) => name)
  const inTables: string[] = []
  for (const { place, pieces } of await stolenTables(server.data)) {
    inTables.push(...(await seen(place, pieces)))
  }
  assert.deepEqual([...new Set(inTables)], ['Toy Shop'])
  const texts = [...(await server.mails()), JSON.stringify(report)].map((text) => Buffer.from(text))
  assert.deepEqual(new Set(await seen('mails', texts)), new Set(['Toy Shop', ...emails]))
  const log = server.lines.map((line) => Buffer.from(line))
  assert.deepEqual(await seen('log', log), [])
})

test('who was found signs in as before and is asked, until the password is another one', async () => {
  const { email, password, cookie } = await signUpAt(server)
  const csv = await fileOf('club.csv.gz', ['id,Email,hash', `1,${email},x`, '2,,x'], true)
  const report = await importBreach(server.data, [csv, '--source', 'Games Club'])
  assert.deepEqual([report.records, report.noAddress, report.found], [2, 1, 1])
  const entered = await post(server, '/api/sessions', { email, password })
  assert.equal(entered.status, 201)
  assert.deepEqual(await askedOf(cookieOf(entered)), ['Games Club'])
  assert.deepEqual(await askedOf(cookie), ['Games Club'])
  const body = JSON.stringify({ current: password, password: NEXT_PASSWORD })
  const headers = { cookie, 'content-type': 'application/json' }
  const url = `${server.origin}/api/accounts/current/password`
  assert.equal((await fetch(url, { method: 'PUT', headers, body })).status, 204)
  assert.deepEqual(await askedOf(cookie), [])
  const exported = await fetch(`${server.origin}/api/accounts/current/export`, {
    headers: { cookie },
  })
  const { addressBreaches } = (await exported.json()) as { addressBreaches: Asked }
  assert.deepEqual(
    addressBreaches.map(({ source }) => source),
    ['Games Club'],
  )
})

test('a password that is younger than the breach is asked of nobody; two lists make one mail', async () => {
  const { email, cookie } = await signUpAt(server)
  const path = await fileOf('old.txt', [email])
  await server.restart(async () => {
    await importBreach(server.data, [path, '--source', 'Bears', '--found', '2017-02-28'])
    await importBreach(server.data, [path, '--source', 'Balls', '--found', '2019-01-01'])
  })
  assert.deepEqual(await askedOf(cookie), [])
  for (let tries = 0; tries < 100 && (await mailsTo(server, email, TOLD)).length === 0; tries++) {
    await sleep(50)
  }
  const [mail = '', ...more] = await mailsTo(server, email, TOLD)
  assert.deepEqual(more, [])
  assert.match(mail, /Balls \(known since 2019-01-01\)\r\n {2}Bears \(known since 2017-02-28\)/)
  assert.match(mail, /here you need not do anything/)
  assert.doesNotMatch(mail, /choose a new password/i)
})

test('an account that is deleted takes along where it was found', async () => {
  const { email, password, cookie } = await signUpAt(server)
  const path = await fileOf('gone.txt', [email])
  await importBreach(server.data, [path, '--source', 'Gone'])
  const headers = { cookie }
  const answer = await post(
    server,
    '/api/accounts/current/deletion',
    { current: password },
    headers,
  )
  const { deleted } = (await answer.json()) as { deleted: Record<string, number> }
  assert.equal(deleted['addressBreaches'], 1)
  const { known, found } = await importBreach(server.data, [path, '--source', 'Gone'])
  assert.deepEqual([known, found], [0, 0])
})

test('what is no list, no day, or no Pawpost is refused in words', async () => {
  const list = await fileOf('list.txt', ['ann@family.example'])
  const wide = join(folder, 'wide.txt')
  await writeFile(wide, Buffer.from('\uFEFFann@family.example', 'utf16le'))
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [[], /^pawpost breach import/],
    [[list], /^pawpost breach import/],
    [['--source', 'Shop'], /^pawpost breach import/],
    [[list, '--source', 'Shop', '--what'], /^pawpost breach import/],
    [[list, '--source', 'a\nb'], /--source takes a name/],
    [[list, '--source', 'Shop', '--found', '2017-02-30'], /--found takes a day/],
    [[list, '--source', 'Shop', '--found', '2999-01-01'], /--found takes a day/],
    [[join(folder, 'missing'), '--source', 'Shop'], /cannot be read/],
    [[folder, '--source', 'Shop'], /is no file/],
    [[wide, '--source', 'Shop'], /UTF-16/],
  ]
  for (const [args, says] of wrong) {
    const { code, stderr } = await pawpost(['breach', 'import', ...args, '--data', folder])
    assert.equal(code, 2, stderr)
    assert.match(stderr, says)
  }
  const args = ['breach', 'import', list, '--source', 'Shop', '--data', folder]
  const { code, stderr } = await pawpost(args)
  assert.equal(code, 1)
  assert.match(stderr, /There is no Pawpost in/)
})
