import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { step } from '../../src/client/live.ts'
import { childName, children } from '../../src/client/children.ts'
import { editProfile, members, type Edits } from '../../src/client/people.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import { familyAt, startClient, type TestFamily } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Names are told, sealed, to those who see them; a guardian may tell other ones.

let server: TestServer
let family: TestFamily
before(async () => {
  server = await startTestServer()
  family = await familyAt(server)
})
after(() => server.close())

const open = () => ({ mum: startClient(family.mum), grandma: startClient(family.grandma) })

/** Names the child, and people. */
async function rename(
  client: Client,
  { child, ...names }: { child: string } & Pick<Edits, 'people'>,
): Promise<void> {
  const [known] = await children(client)
  assert.ok(known)
  await editProfile(client, { children: [{ ...known, name: child }], ...names })
}

test('another name arrives; who was not named keeps theirs', async () => {
  const { mum, grandma } = open()
  await rename(mum, { child: 'Zeb', people: [{ person: family.grandmaId, name: 'Nana' }] })
  await step(mum)
  await step(grandma)
  assert.equal(await childName(grandma), 'Zeb')
  const names = new Set((await members(grandma)).map(({ name }) => name))
  assert.deepEqual(names, new Set(['Ruth', 'Nana']))
})

test('a device that never heard the names tells them anew', async () => {
  const { mum, grandma } = open()
  await mum.store.write([{ key: 'profile', value: undefined }])
  assert.equal(await childName(mum), '')
  const { person } = await readFamily(mum)
  await rename(mum, { child: 'Mia', people: [{ person, name: 'Mama' }] })
  await step(mum)
  await step(grandma)
  assert.equal(await childName(grandma), 'Mia')
  assert.ok((await members(grandma)).some(({ name }) => name === 'Mama'))
})

test('a relative renames nobody, and a name is neither empty nor endless', async () => {
  const { mum, grandma } = open()
  await assert.rejects(
    rename(grandma, { child: 'Mallory', people: [] }),
    new PawpostError('device-refused'),
  )
  for (const child of ['', 'x'.repeat(81)]) {
    await assert.rejects(rename(mum, { child, people: [] }), { code: 'bad-request' })
  }
  const people = [{ person: family.grandmaId, name: '' }]
  await assert.rejects(rename(mum, { child: 'Mia', people }), { code: 'bad-request' })
})
