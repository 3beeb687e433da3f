import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  addChild,
  childName,
  children,
  editChild,
  withdrawConsent,
} from '../../src/client/children.ts'
import { readFamily } from '../../src/client/family.ts'
import { editProfile } from '../../src/client/people.ts'
import { readProfile } from '../../src/client/profile.ts'
import { approvalFor } from '../../src/client/toy.ts'
import { newChildId } from '../../src/keys/links.ts'
import { homeAt, say, shown, together, type Home } from '../harness/home.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Children come with a guardian's consent, and go with its end.

let server: TestServer
let home: Home
before(async () => void (server = await startTestServer()))
beforeEach(async () => void (home = await homeAt(server)))
after(() => server.close())

const QUIET = {
  zone: 'Europe/Berlin',
  school: { from: 1170, to: 390 },
  free: { from: 1230, to: 450 },
  volume: 20,
} as const

async function names(client: Home['mum']): Promise<readonly string[]> {
  return (await children(client)).map(({ name }) => name)
}

test('a child comes by consent, in the order they came, and everybody learns the name', async () => {
  const { mum, tablet, gran } = home
  const tom = await addChild(mum, { name: 'Tom', plush: 'dog', pet: 'Rex' })
  await together(mum, tablet, gran)
  for (const client of [mum, tablet, gran]) assert.deepEqual(await names(client), ['Mia', 'Tom'])
  assert.equal(await childName(gran), 'Mia')
  const { household, device } = await readFamily(mum)
  const child = household.children.get(tom)
  assert.deepEqual([child?.terms, child?.by, child?.until], ['PC1', device.id, undefined])
  const [mia] = await children(mum)
  assert.ok(mia)
  await editChild(tablet, { ...mia, name: 'Amelia', birthday: { month: 2, day: 29 } })
  await together(tablet, mum, gran)
  assert.deepEqual(await names(gran), ['Amelia', 'Tom'])
  assert.deepEqual((await children(gran))[0]?.birthday, { month: 2, day: 29 })
  const other = (await children(mum))[1]
  assert.deepEqual(other, { id: tom, name: 'Tom', plush: 'dog', pet: 'Rex' })
})

test('when a child sleeps is for the guardians', async () => {
  const { mum, tablet, gran } = home
  const [mia] = await children(mum)
  assert.ok(mia)
  await editChild(mum, { ...mia, quiet: QUIET })
  await together(mum, tablet, gran)
  assert.deepEqual((await children(tablet))[0]?.quiet, QUIET)
  assert.deepEqual(await children(gran), [{ id: mia.id, name: 'Mia' }])
  assert.ok(!JSON.stringify(await readProfile(gran)).includes('Berlin'))
})

test('a relative sees the children they may send to, and no word of another', async () => {
  const { mum, gran, granny } = home
  const tom = await addChild(mum, { name: 'Tom' })
  await editProfile(mum, { people: [{ person: granny, name: 'Ilse', children: [tom] }] })
  await together(mum, gran)
  assert.deepEqual(await names(gran), ['Tom'])
  assert.deepEqual(
    (await readProfile(gran))?.children.map(({ name }) => name),
    ['Tom'],
  )
  const said = await say(gran, { to: tom })
  await together(mum)
  assert.deepEqual((await shown(mum, said))?.to, [{ child: tom, name: 'Tom' }])
})

test('with several children somebody has to say which one is meant', async () => {
  const { mum, gran } = home
  const [mia] = await children(mum)
  assert.ok(mia)
  const tom = await addChild(mum, { name: 'Tom' })
  await together(mum, gran)
  await assert.rejects(say(mum, { to: 'child' }), { code: 'bad-request', reason: 'child' })
  await assert.rejects(say(mum, { to: 'household', author: 'child' }), { reason: 'child' })
  const said = await say(mum, { to: [tom, mia.id, tom], author: 'sender' })
  const to = [
    { child: tom, name: 'Tom' },
    { child: mia.id, name: 'Mia' },
  ]
  assert.deepEqual((await shown(mum, said))?.to, to)
})

test('a withdrawn consent ends what is said by and to a child, and what goes to a toy', async () => {
  const { mum, tablet, gran } = home
  const [mia] = await children(mum)
  assert.ok(mia)
  const before = await say(mum, { to: mia.id })
  const tom = await addChild(mum, { name: 'Tom' })
  assert.ok(await approvalFor(mum, before))
  await together(mum, tablet)
  await withdrawConsent(tablet, mia.id)
  await withdrawConsent(tablet, mia.id)
  await together(tablet, mum, gran)
  for (const client of [mum, tablet, gran]) assert.deepEqual(await names(client), ['Tom'])
  assert.deepEqual(
    (await readProfile(gran))?.children.map(({ id }) => id),
    [tom],
  )
  await assert.rejects(approvalFor(mum, before), { code: 'not-approved', reason: 'child-gone' })
  assert.ok(await shown(mum, before), 'what was said can still be heard')
  for (const voice of [{ to: mia.id }, { to: 'household', author: mia.id }] as const) {
    await assert.rejects(say(mum, voice), { code: 'bad-request', reason: 'child' })
  }
  await assert.rejects(editChild(mum, mia), { code: 'not-found' })
  const { household } = await readFamily(mum)
  const links = household.hashes.length
  await withdrawConsent(mum, mia.id)
  assert.equal((await readFamily(mum)).household.hashes.length, links, 'done once')
  const again = await addChild(mum, { name: 'Mia' })
  assert.notEqual(again, mia.id)
  assert.deepEqual(await names(mum), ['Tom', 'Mia'])
})

test('a relative consents to nothing; a child has a name; nobody is named who is not there', async () => {
  const { mum, gran } = home
  const [mia] = await children(gran)
  assert.ok(mia)
  const { household } = await readFamily(mum)
  await assert.rejects(addChild(gran, { name: 'Eve' }), { code: 'device-refused' })
  await assert.rejects(editChild(gran, { ...mia, name: 'Eve' }), { code: 'device-refused' })
  await assert.rejects(withdrawConsent(gran, mia.id), { code: 'device-refused' })
  for (const name of ['', 'x'.repeat(81)]) {
    await assert.rejects(addChild(mum, { name }), { code: 'bad-request', reason: 'name' })
  }
  const nobody = newChildId()
  await assert.rejects(editChild(mum, { id: nobody, name: 'Eve' }), { code: 'not-found' })
  await assert.rejects(withdrawConsent(mum, nobody), { code: 'not-found' })
  await together(mum)
  assert.deepEqual((await readFamily(mum)).household.hashes, household.hashes)
})
