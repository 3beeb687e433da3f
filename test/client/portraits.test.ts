import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { addChild, children } from '../../src/client/children.ts'
import { readFamily } from '../../src/client/family.ts'
import { editProfile } from '../../src/client/people.ts'
import { portraits, type Portrait, type Sitter } from '../../src/client/portraits.ts'
import { setPortrait } from '../../src/client/portraying.ts'
import { newChildId } from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { PORTRAIT_BYTES } from '../../src/protocol/message/kinds.ts'
import { homeAt, newMember, together, type Home } from '../harness/home.ts'
import { letIn } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Pictures of children and people: who tells them, who sees them.

let server: TestServer
let home: Home
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
})
after(() => server.close())

function picture(bytes = 200): Portrait {
  return { type: 'image/webp', image: Uint8Array.from(randomBytes(bytes)) }
}

async function sees(client: Home['mum'], of: Sitter): Promise<Uint8Array | undefined> {
  const seen = (await portraits(client)).get(of)?.image
  return seen && Uint8Array.from(seen)
}

test("a child's picture is for everybody who may speak to them; the last one counts", async () => {
  const { mum, tablet, gran, granny } = home
  const [mia] = await children(mum)
  assert.ok(mia)
  const [first, second] = [picture(), picture(PORTRAIT_BYTES)]
  await setPortrait(mum, mia.id, first)
  assert.deepEqual(await sees(mum, mia.id), first.image, 'at once')
  await together(mum, tablet, gran)
  for (const client of [tablet, gran]) assert.deepEqual(await sees(client, mia.id), first.image)
  await setPortrait(tablet, mia.id, second)
  await together(tablet, mum, gran)
  for (const client of [mum, tablet, gran]) {
    assert.deepEqual(await sees(client, mia.id), second.image)
  }
  const tom = await addChild(mum, { name: 'Tom' })
  await editProfile(mum, { people: [{ person: granny, name: 'Ilse', children: [mia.id] }] })
  await setPortrait(mum, tom, first)
  await together(mum, tablet, gran)
  assert.deepEqual(await sees(tablet, tom), first.image)
  assert.equal(await sees(gran, tom), undefined)
  await setPortrait(mum, mia.id, { type: 'image/png', image: new Uint8Array() })
  await together(mum, tablet, gran)
  for (const client of [mum, tablet, gran]) assert.equal(await sees(client, mia.id), undefined)
})

test('relatives see the guardians and themselves, and not each other', async () => {
  const { mum, tablet, gran, granny } = home
  const opa = await newMember(server)
  await letIn(mum, opa, 'Opa', 'relative')
  const { person } = await readFamily(mum)
  const [hers, grannys] = [picture(), picture()]
  await setPortrait(mum, person, hers)
  await setPortrait(gran, granny, grannys)
  await together(mum, gran, opa, tablet)
  for (const client of [gran, opa, tablet]) assert.deepEqual(await sees(client, person), hers.image)
  for (const client of [mum, tablet, gran]) {
    assert.deepEqual(await sees(client, granny), grannys.image)
  }
  assert.equal(await sees(opa, granny), undefined)
  const better = picture()
  await setPortrait(tablet, granny, better)
  await together(tablet, mum, gran, opa)
  for (const client of [mum, gran]) assert.deepEqual(await sees(client, granny), better.image)
  assert.equal(await sees(opa, granny), undefined)
})

test('a picture told with a clock that is behind still takes the place of the last one', async () => {
  const { mum, gran } = home
  const { person } = await readFamily(mum)
  const ahead = { ...mum, now: () => Date.now() + 200_000 }
  await setPortrait(ahead, person, picture())
  await together(mum, gran)
  const next = picture()
  await setPortrait(mum, person, next)
  await together(mum, gran)
  assert.deepEqual(await sees(gran, person), next.image)
})

test('a relative shows nobody else; a picture is a picture, and of somebody', async () => {
  const { mum, gran } = home
  const [mia] = await children(gran)
  const { person } = await readFamily(mum)
  assert.ok(mia)
  for (const other of [mia.id, person]) {
    await assert.rejects(setPortrait(gran, other, picture()), { code: 'device-refused' })
  }
  for (const nobody of [newChildId(), newPrincipalId()]) {
    await assert.rejects(setPortrait(mum, nobody, picture()), { code: 'not-found' })
  }
  const wrong = { code: 'bad-request', reason: 'portrait' }
  await assert.rejects(setPortrait(mum, mia.id, picture(PORTRAIT_BYTES + 1)), wrong)
  const type = 'image/svg+xml' as 'image/png'
  await assert.rejects(setPortrait(mum, mia.id, { ...picture(), type }), wrong)
})
