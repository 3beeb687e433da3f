import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createHousehold } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { childName } from '../../src/client/children.ts'
import { recover } from '../../src/client/recovery.ts'
import { whereAmI } from '../../src/client/session.ts'
import { newCard } from '../../src/keys/card.ts'
import { enlist, newRecording, startClient, type Installation } from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// The only phone is gone. The card brings the family and its messages to the next one.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

async function lostPhone(): Promise<{ card: string; message: string }> {
  const client = startClient(await enlist(server))
  const { recoveryCard } = await createHousehold(client, { child: 'Zebulon', name: 'Ruth' })
  const { message } = await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  return { card: recoveryCard, message }
}

async function demandAllBack(installation: Installation, message: string): Promise<void> {
  const client = startClient(installation)
  await step(client)
  assert.equal(await whereAmI(client), 'guardian')
  assert.equal(await childName(client), 'Zebulon')
  const found = (await messages(client)).find((one) => one.message === message)
  assert.equal(found?.state, 'approved')
  assert.ok((await sound(client, found.message)).sound.length > 0)
  await sendVoice(client, { ...newRecording(), to: 'child' })
  await step(client)
  assert.ok((await messages(client)).every(({ state }) => state === 'approved'))
}

test('the card brings everything back, typed in small letters with spaces', async () => {
  const { card, message } = await lostPhone()
  const next = await enlist(server)
  await recover(startClient(next), card.toLowerCase().replaceAll('-', ' '))
  await demandAllBack(next, message)
})

test('killed at any step and tried again, the card enrols one device', async () => {
  const { card, message } = await lostPhone()
  let kills = 0
  for (; ; kills += 1) {
    const next = await enlist(server)
    const life = mortal(kills)
    const end = await life.lives(recover(startClient(next, life.between), card))
    if (end === 'lived') break
    const again = startClient(next)
    if ((await whereAmI(again)) !== 'guardian') await recover(again, card)
    await demandAllBack(next, message)
  }
  assert.ok(kills >= 4, `${kills} kills`)
})

test('a card of nobody, and one with a wrong letter, open nothing', async () => {
  const { card } = await lostPhone()
  const client = startClient(await enlist(server))
  const wrong = `${card.slice(0, -1)}${card.endsWith('0') ? '1' : '0'}`
  await assert.rejects(recover(client, newCard()), { code: 'card-unknown' })
  await assert.rejects(recover(client, wrong), { code: 'card-invalid' })
  assert.equal(await whereAmI(client), 'new')
})

test('a phone that is lost as soon as it shows its card has told the names already', async () => {
  const { recoveryCard } = await createHousehold(startClient(await enlist(server)), {
    child: 'Zebulon',
    name: 'Ruth',
  })
  const next = startClient(await enlist(server))
  await recover(next, recoveryCard)
  await step(next)
  assert.equal(await childName(next), 'Zebulon')
})
