import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ImportFolder, openFolder } from '../../src/ops/import/folder.ts'
import { TOLD_PER_HOUR, watchBreaches } from '../../src/server/breaches/telling.ts'
import { readConfig } from '../../src/server/platform/config.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { createOutbox, type Outbox } from '../../src/server/platform/mail.ts'
import { freshAddress, signUpAt } from '../harness/account.ts'
import { importBreach, runBreach } from '../harness/breach-run.ts'
import { HASHES } from '../harness/cloudpets-export.ts'
import { createTestClock } from '../harness/clock.ts'
import { mailsIn } from '../harness/command.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder, startTestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

/** Whoever imports, or tells, is killed in the middle: nobody is told twice, and nobody forgotten. */

const TOLD = /on a list that thieves carry around/
const LINES = 120_000
let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-breach-'))))
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

/** Whom the mails in the outbox told, in order of their addresses. */
async function toldIn(data: string): Promise<string[]> {
  const mails = (await mailsIn(data)).filter((mail) => TOLD.test(mail))
  return mails.map((mail) => /^To: <(.*)>\r$/m.exec(mail)?.[1] ?? '').toSorted()
}

async function until(holds: () => Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) if (await holds()) return
}

async function readSoFar(data: string): Promise<number> {
  return asOwner(data, async (client) => {
    const { rows } = await client.query<{ read: string }>(
      `SELECT coalesce(max((tally->>'read')::integer), 0) AS read FROM breach_lists`,
    )
    return Number(rows[0]?.read)
  })
}

test('import and server are killed in the middle and go on: every owner is told once', async () => {
  const data = await freshDataFolder()
  const args = ['--data', data, '--port', '0', '--answer-ms', '0', '--log', 'info']
  const emails = Array.from({ length: 12 }, () => freshAddress())
  const path = join(folder, 'large.txt')
  const lines = Array.from({ length: LINES }, (_, line) => `stranger${line}@elsewhere.example:x`)
  for (const [place, email] of emails.entries()) lines[place * 9000 + 500] = email
  await writeFile(path, lines.join('\n'))
  const list = [path, '--source', 'Toy Shop']
  let said = ''
  {
    await using server = await startServerProcess(args)
    const target = { origin: server.origin, mails: () => mailsIn(data) }
    for (const email of emails) await signUpAt(target, email)
    const isUnderWay = async (): Promise<boolean> => (await readSoFar(data)) > LINES / 4
    const killed = await runBreach(data, list, isUnderWay)
    assert.equal(killed.code, null, killed.stdout + killed.stderr)
    const read = await readSoFar(data)
    assert.ok(read > 0 && read < LINES, `${read}`)
    await server.end('SIGKILL')
    said += server.said()
  }
  {
    await using server = await startServerProcess(args)
    const [report] = await Promise.all([
      importBreach(data, list),
      until(async () => (await toldIn(data)).length >= 8),
    ])
    // Counted over both runs: what the first one did is not done again.
    assert.deepEqual([report.records, report.found, report.known], [LINES, 12, 0])
    await server.end('SIGKILL')
    said += server.said()
  }
  {
    await using server = await startServerProcess(args)
    const again = await importBreach(data, list)
    assert.deepEqual([again.records, again.found, again.known], [LINES, 0, 12])
    await until(async () => (await toldIn(data)).length >= 12)
    await sleep(300)
    said += server.said()
  }
  assert.deepEqual(await toldIn(data), emails.toSorted())
  assert.doesNotMatch(said, /@family\.example|elsewhere|Toy Shop/)
  await rm(data, { recursive: true, force: true, maxRetries: 20 })
})

/** Where a process dies: between two of its effects on outbox and database. */
const DEATHS = {
  'before the mail is kept': (): Partial<Outbox> => ({ hold: die }),
  'after the mail is kept, before the commit': (outbox: Outbox): Partial<Outbox> => ({
    hold: async (...mail) => {
      await outbox.hold(...mail)
      return die()
    },
  }),
  'after the commit': (): Partial<Outbox> => ({ release: die }),
  'after the mail left': (outbox: Outbox): Partial<Outbox> => ({
    release: async (name) => {
      await outbox.release(name)
      return die()
    },
  }),
} as const

/** The transaction ends as it does when its process is gone. */
function die(): Promise<never> {
  return Promise.reject(new Error('killed'))
}

const silent = createLog('silent', { write: () => {} })
const clock = createTestClock()

/** The folder of a server that is stopped, with one owner who is to be told. */
async function withOwner(
  work: (opened: { folder: ImportFolder; data: string; email: string }) => Promise<void>,
): Promise<void> {
  await using server = await startTestServer({ clock })
  const { email } = await signUpAt(server)
  const { data } = server
  await server.restart(async () => {
    const path = join(folder, `${email}.txt`)
    await writeFile(path, email)
    await importBreach(data, [path, '--source', 'Toy Shop'])
    await using opened = await openFolder(readConfig(['--data', data, '--log', 'silent'], {}))
    await work({ folder: opened, data, email })
  })
}

/** Lets an owner be told by somebody who dies, then by somebody who does not. */
async function tellTwice(
  { db, vault }: ImportFolder,
  data: string,
  dying: (outbox: Outbox) => Partial<Outbox>,
): Promise<void> {
  const parts = { clock, domain: 'localhost', announce: () => undefined }
  const outbox = await createOutbox(join(data, 'outbox'), parts)
  const telling = { db, vault, clock, log: silent, origin: 'http://localhost' }
  const dead = watchBreaches({ ...telling, outbox: { ...outbox, ...dying(outbox) } })
  await sleep(300)
  await dead[Symbol.asyncDispose]()
  const alive = watchBreaches({ ...telling, outbox })
  await sleep(500)
  await alive[Symbol.asyncDispose]()
}

test('wherever the one who tells dies, an owner is told once', async () => {
  await withOwner(async ({ folder: opened, data, email }) => {
    for (const [when, dying] of Object.entries(DEATHS)) {
      await opened.db.updateTable('breached_accounts').set({ told_at: null, mail: null }).execute()
      await rm(join(data, 'outbox'), { recursive: true })
      await tellTwice(opened, data, dying)
      assert.deepEqual(await toldIn(data), [email], when)
    }
    // The control: mails that leave before the commit are doubled by such a death.
    await opened.db.updateTable('breached_accounts').set({ told_at: null, mail: null }).execute()
    await rm(join(data, 'outbox'), { recursive: true })
    await tellTwice(opened, data, (outbox) => ({
      hold: async (_name, mail) => {
        await outbox.send(mail)
        return die()
      },
    }))
    assert.deepEqual(await toldIn(data), [email, email])
  })
})

test('many are told at a pace that leaves the vault open for whoever waits for a code', async () => {
  await using server = await startTestServer({ clock })
  const { data } = server
  const emails = Array.from({ length: TOLD_PER_HOUR + 30 }, () => freshAddress())
  const path = join(folder, 'many.txt')
  await writeFile(path, emails.join('\n'))
  await server.restart(async () => {
    {
      await using opened = await openFolder(readConfig(['--data', data, '--log', 'silent'], {}))
      await importMany(opened, emails)
    }
    const { found } = await importBreach(data, [path, '--source', 'Toy Shop'])
    assert.equal(found, emails.length)
  })
  await until(async () => (await toldIn(data)).length >= TOLD_PER_HOUR)
  await sleep(500)
  assert.equal((await toldIn(data)).length, TOLD_PER_HOUR)
  await signUpAt(server)
  await server.restart()
  await sleep(1000)
  assert.equal((await toldIn(data)).length, TOLD_PER_HOUR, 'a restart gives nothing')
  clock.advance(3_600_000)
  await server.restart()
  await until(async () => (await toldIn(data)).length >= emails.length)
  assert.deepEqual(await toldIn(data), emails.toSorted())
  assert.ok(!server.lines.some((line) => line.includes('is used up')))
})

/** Accounts without the mails of signing up. */
async function importMany({ target }: ImportFolder, emails: readonly string[]): Promise<void> {
  const file = Buffer.alloc(32)
  await target.begin(file, 'User')
  const [[, hash]] = HASHES
  const users = emails.map((address) => ({ id: address, address, hash, since: undefined }))
  const done = { records: users.length, tally: null, isDone: true }
  await target.insertAccounts(file, users, () => done)
}
