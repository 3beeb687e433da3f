import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { wholeFamily } from '../../../test/harness/family.ts'
import { familyWrites } from '../../client/family.ts'
import { toBase64url } from '../../protocol/bytes.ts'
import { explainLog } from '../log-explain.ts'
import { client } from './client.ts'
import { openProfile } from './profile.ts'

const folder = await mkdtemp(join(tmpdir(), 'pawpost-export-'))
after(() => rm(folder, { recursive: true }))
const profile = join(folder, 'profile')
const file = join(folder, 'family.links')

test('a profile hands out its log as it was verified, without asking anybody', async (t) => {
  const { family, mum } = await wholeFamily()
  const { household, links } = family
  {
    using opened = await openProfile(profile, 'http://localhost:1')
    const writes = familyWrites(household.id, mum.person, { links, secrets: [] })
    await opened.client.store.write(writes)
  }
  const said: string[] = []
  t.mock.method(console, 'log', (line: string) => void said.push(line))
  await client(['--profile', profile, 'log', 'export', file])
  assert.deepEqual(said, [JSON.stringify({ household: household.id, links: links.length })])
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  assert.deepEqual(lines, links.map(toBase64url))
  assert.equal(explainLog(lines).links.length, links.length)
  const nowhere = client(['--profile', profile, 'log', 'export', join(folder, 'no', 'file')])
  await assert.rejects(nowhere, { code: 'storage-failed', reason: 'file' })
})

test('without a family there is no log', async () => {
  const opened = await openProfile(join(folder, 'nobody'), 'http://localhost:1')
  opened[Symbol.dispose]()
  const nobody = client(['--profile', join(folder, 'nobody'), 'log', 'export', file])
  await assert.rejects(nobody, { code: 'household-missing' })
})
