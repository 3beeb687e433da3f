import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { erase } from '../../src/client/erasing.ts'
import { createHousehold } from '../../src/client/household.ts'
import { hide, save, share } from '../../src/client/keeping.ts'
import { step } from '../../src/client/live.ts'
import { messages, sound } from '../../src/client/messages.ts'
import { members } from '../../src/client/people.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { encodeVoice } from '../../src/cli/client/opus.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { enlist, letIn, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Five minutes between people: they travel in parts, and people see one message.

const SECONDS = 290
const RATE = 16_000

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

/** A tone that glides, so that no second is like another one. */
function tone(): Int16Array {
  return Int16Array.from({ length: SECONDS * RATE }, (_, at) => {
    const seconds = at / RATE
    return Math.round(9000 * Math.sin(2 * Math.PI * (200 + seconds) * seconds))
  })
}

async function newMember(): Promise<Client> {
  return startClient(await enlist(server))
}

type Home = { readonly mum: Client; readonly gran: Client; readonly aunt: Client }

async function home(): Promise<Home> {
  const [mum, gran, aunt] = [await newMember(), await newMember(), await newMember()]
  await createHousehold(mum, { child: 'Mia', name: 'Mama' })
  await letIn(mum, gran, 'Grandma', 'relative')
  await letIn(mum, aunt, 'Aunt', 'relative')
  await together(mum, gran, aunt)
  return { mum, gran, aunt }
}

async function together(...clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const client of clients) await step(client)
}

async function called(client: Client, name: string): Promise<PrincipalId> {
  const person = (await members(client)).find((one) => one.name === name)?.person
  assert.ok(person)
  return person
}

test('a long recording is one message for everybody, to the byte, and goes as one', async () => {
  const { mum, gran, aunt } = await home()
  const said = { sound: encodeVoice(tone()), durationMs: SECONDS * 1000 }
  const { message } = await sendVoice(gran, { ...said, to: 'household' })
  const [leaving, ...none] = await messages(gran)
  assert.deepEqual([leaving?.state, leaving?.durationMs, none.length], ['sending', 290_000, 0])
  assert.deepEqual((await sound(gran, message)).sound, said.sound, 'before it has left')
  await together(gran, mum)
  for (const client of [gran, mum]) {
    const [shown, ...others] = await messages(client)
    assert.deepEqual([shown?.message, shown?.durationMs, others.length], [message, 290_000, 0])
    assert.deepEqual((await sound(client, message)).sound, said.sound)
  }
  await save(mum, message)
  await share(mum, message, await called(mum, 'Aunt'))
  await together(mum, aunt)
  assert.deepEqual((await sound(aunt, message)).sound, said.sound)
  assert.deepEqual(
    (await messages(mum)).map(({ saved }) => saved),
    [true],
  )
  await hide(aunt, message)
  assert.deepEqual(await messages(aunt), [])
  await erase(mum, message)
  await together(mum, gran, aunt)
  for (const client of [mum, gran, aunt]) {
    assert.deepEqual(await messages(client), [])
    await assert.rejects(sound(client, message), { code: 'not-found' })
  }
})

test('more than five minutes, or as much for a child, is too long', async () => {
  const { mum } = await home()
  const long = { sound: new Uint8Array(9), durationMs: 301_001 }
  await assert.rejects(sendVoice(mum, { ...long, to: 'household' }), { code: 'sound-too-long' })
  const child = { sound: new Uint8Array(9), durationMs: 60_000 }
  await assert.rejects(sendVoice(mum, { ...child, to: 'child' }), { code: 'sound-too-long' })
})
