import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { children } from '../../src/client/children.ts'
import { erase } from '../../src/client/erasing.ts'
import { readFamily } from '../../src/client/family.ts'
import { hide, letGo, save, share } from '../../src/client/keeping.ts'
import { step } from '../../src/client/live.ts'
import { entries, originalOf } from '../../src/client/mailbag.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { newMessageId } from '../harness/letters.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { verifyOriginal } from '../../src/protocol/message/verify.ts'
import { homeAt, newMember, say, shown, together, type Home } from '../harness/home.ts'
import { letIn } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// What is saved, let go, passed on and hidden: for whom, and for nobody else.

let server: TestServer
let home: Home
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
})
after(() => server.close())

async function savings(client: Home['mum'], of: string): Promise<number> {
  const all = await entries(client)
  return all.filter((one) => one.kind === 'forward' && one.why === 'keep' && one.of === of).length
}

test('a guardian saves for all guardians, and not for a relative; once', async () => {
  const { mum, tablet, gran } = home
  const said = await say(gran, { to: 'child' })
  await together(mum, tablet)
  await save(mum, said)
  await save(mum, said)
  await together(mum, tablet, gran)
  assert.deepEqual(await Promise.all([mum, tablet].map((one) => savings(one, said))), [1, 1])
  await save(tablet, said)
  await together(tablet, mum, gran)
  assert.equal(await savings(mum, said), 1)
  assert.ok((await shown(mum, said))?.saved)
  assert.ok((await shown(tablet, said))?.saved)
  assert.equal((await shown(gran, said))?.saved, false)
  await letGo(tablet, said)
  await together(tablet, mum)
  for (const client of [mum, tablet]) {
    assert.equal((await shown(client, said))?.saved, false)
    assert.ok((await sound(client, said)).sound.length > 0, 'the voice itself stays')
  }
})

test('what was saved a moment ago can be let go before it went out', async () => {
  const { mum, tablet } = home
  const said = await say(mum, { to: 'child' })
  await save(mum, said)
  await letGo(mum, said)
  await together(mum, tablet)
  assert.equal((await shown(mum, said))?.saved, false)
  assert.equal((await shown(tablet, said))?.saved, false)
  await save(tablet, said)
  await together(tablet, mum)
  assert.ok((await shown(mum, said))?.saved, 'and saved again')
})

test('a relative saves for herself, which nobody else learns', async () => {
  const { mum, tablet, gran } = home
  const said = await say(gran, { to: 'child' })
  await together(mum)
  await save(gran, said)
  await together(gran, mum, tablet)
  assert.ok((await shown(gran, said))?.saved)
  assert.equal((await shown(mum, said))?.saved, false)
  await letGo(gran, said)
  await step(gran)
  assert.equal((await shown(gran, said))?.saved, false)
})

test("a relative gets a child's words, and can verify them", async () => {
  const { mum, tablet, gran, granny } = home
  const [mia] = await children(mum)
  assert.ok(mia)
  const said = await say(mum, { to: 'household', author: mia.id })
  await together(mum, gran)
  assert.equal(await shown(gran, said), undefined)
  await share(mum, said, granny)
  await together(mum, gran, tablet)
  const seen = await shown(gran, said)
  assert.deepEqual(seen?.from.child, { child: mia.id, name: 'Mia' })
  assert.equal(seen.from.name, 'Ruth')
  assert.deepEqual((await sound(gran, said)).sound, (await sound(mum, said)).sound)
  const signed = await originalOf(gran, said)
  assert.ok(signed)
  const { household, person } = await readFamily(gran)
  const inner = verifyOriginal(household, signed)
  assert.equal(inner.mid, said)
  assert.ok(!inner.to.some(({ pid }) => pid === person), 'as it was said, to others')
  assert.equal((await messages(tablet)).filter(({ message }) => message === said).length, 1)
  // What was passed on can be saved by whom it was passed on to.
  await save(gran, said)
  await step(gran)
  assert.ok((await shown(gran, said))?.saved)
})

test('what was passed on is forgotten with the voice, whichever comes first', async () => {
  const { mum, gran, granny } = home
  const said = await say(mum, { to: 'household', author: 'child' })
  await share(mum, said, granny)
  await together(mum, gran)
  assert.ok(await shown(gran, said))
  await erase(mum, said)
  await together(mum, gran)
  for (const client of [mum, gran]) {
    assert.equal(await shown(client, said), undefined)
    assert.equal(await originalOf(client, said), undefined)
  }
})

test('only guardians pass on, what there is, to who is there', async () => {
  const { mum, gran, granny } = home
  const said = await say(gran, { to: 'child' })
  await together(mum)
  await assert.rejects(share(gran, said, granny), { code: 'device-refused' })
  await assert.rejects(share(mum, said, newPrincipalId()), { code: 'not-found' })
  const { principal } = (await readFamily(mum)).household
  await assert.rejects(share(mum, said, principal), { code: 'not-found' })
  await assert.rejects(share(mum, newMessageId(), granny), { code: 'not-found' })
  for (const refused of [save, letGo, hide]) {
    await assert.rejects(refused(mum, newMessageId()), { code: 'not-found' })
  }
})

test('what is hidden is hidden on both phones of a person, and shown to everybody else', async () => {
  const { mum, tablet, gran } = home
  const dad = await newMember(server)
  await letIn(mum, dad, 'Papa', 'guardian')
  const said = await say(gran, { to: 'child' })
  await together(mum, tablet, dad, gran)
  await hide(mum, said)
  assert.equal(await shown(mum, said), undefined, 'at once')
  await together(mum, tablet, dad, gran)
  assert.equal(await shown(tablet, said), undefined)
  assert.ok(await shown(dad, said))
  assert.ok(await shown(gran, said))
  assert.ok(await originalOf(tablet, said), 'and there is something to let others hear')
  await hide(gran, said)
  await together(gran, dad)
  assert.equal(await shown(gran, said), undefined)
  assert.ok(await shown(dad, said))
})
