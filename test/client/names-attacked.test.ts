import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import { bringArchive } from '../../src/client/archive/bring.ts'
import { collect } from '../../src/client/archive/collect.ts'
import type { ArchivedVoice } from '../../src/client/archive/format.ts'
import { writePage } from '../../src/client/archive/write-page.ts'
import { children } from '../../src/client/children.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { invite } from '../../src/client/invitations.ts'
import { join } from '../../src/client/joining.ts'
import { keepsakes } from '../../src/client/keepsakes.ts'
import { enqueue } from '../../src/client/outbox.ts'
import { members } from '../../src/client/people.ts'
import { waitingRequests } from '../../src/client/requests.ts'
import type { Body } from '../../src/protocol/message/kinds.ts'
import { homeAt, newMember, together, type Home } from '../harness/home.ts'
import { letIn, newRecording } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// A name turns no line around, hides nothing, and steers no screen, wherever it comes from.

const BAD = /[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/u
const TURNED = '\u202eamaM\u202c'

let server: TestServer
let home: Home
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
})
after(() => server.close())

async function namesSeen(client: Client): Promise<readonly string[]> {
  return [...(await members(client)), ...(await children(client))].map(({ name }) => name)
}

test('who asks to come in is shown by what is seen of the name', async () => {
  const { mum } = home
  const stranger = await newMember(server)
  const { link } = await invite(mum, { role: 'relative', name: 'Uncle' })
  await join(stranger, { link, name: TURNED })
  const asked = await waitingRequests(mum)
  assert.deepEqual(
    asked.map(({ name, invitedAs }) => [name, invitedAs]),
    [['amaM', 'Uncle']],
  )
})

test('a name of which nothing is seen asks for nothing', async () => {
  const { mum } = home
  const stranger = await newMember(server)
  const { link } = await invite(mum, { role: 'relative', name: 'Aunt' })
  await assert.rejects(join(stranger, { link, name: '\u202e\u200b' }), { code: 'bad-request' })
})

test('what a guardian’s program tells of others is seen, or not believed at all', async () => {
  const { mum, tablet, gran, granny } = home
  const dad = await newMember(server)
  await letIn(mum, dad, 'Paul', 'guardian')
  await together(mum, tablet, gran, dad)
  const { household, person } = await readFamily(dad)
  const [mia] = await children(dad)
  assert.ok(mia)
  const tell = async (people: Body<'profile'>['people'], child: string): Promise<void> => {
    const body = { children: [{ ...mia, name: child, pet: 'Te\u200bddy' }], people }
    const content = { kind: 'profile', body } as const
    await enqueue(dad, [{ to: [household.principal], at: dad.now(), content }])
    await together(dad, mum, tablet)
  }
  await tell(
    [
      { person: granny, name: '\u001b[2JRu\u200bth\u0000' },
      { person, name: TURNED },
    ],
    'M\u2066ia',
  )
  for (const client of [mum, tablet]) {
    const seen = await namesSeen(client)
    assert.ok(
      seen.includes('[2JRuth') && seen.includes('amaM') && seen.includes('Mia'),
      seen.join(),
    )
    assert.ok(seen.every((name) => !BAD.test(name)))
  }
  const before = await namesSeen(mum)
  await tell([{ person: granny, name: '\u202e' }], 'Leo')
  assert.deepEqual(await namesSeen(mum), before)
})

test('the names of an archive are seen only, here and in its page', async () => {
  const { mum } = home
  async function* one(): AsyncGenerator<ArchivedVoice> {
    const said = {
      at: 1000,
      codec: 'opus/ogg',
      state: 'played',
      child: false,
      ...newRecording(),
    } as const
    yield { ...said, from: TURNED, to: 'Mi\u200ba' }
  }
  await bringArchive(mum, one())
  await together(mum)
  const [kept] = await keepsakes(mum)
  assert.deepEqual([kept?.from, kept?.to], ['amaM', 'Mia'])
  let page = ''
  for await (const piece of writePage(await collect(mum, { zone: 'UTC' }), archiveTexts)) {
    page += Buffer.from(piece).toString()
  }
  assert.doesNotMatch(page, /\u202e|\u200b/)
})
