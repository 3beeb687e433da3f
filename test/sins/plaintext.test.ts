import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { encodeVoice } from '../../src/cli/client/opus.ts'
import type { Client } from '../../src/client/client.ts'
import { createHousehold } from '../../src/client/household.ts'
import { invite } from '../../src/client/invitations.ts'
import { join as askToJoin, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { children } from '../../src/client/children.ts'
import { approve } from '../../src/client/judging.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { members } from '../../src/client/people.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { signIn } from '../../src/client/session.ts'
import { readOggOpus } from '../../src/client/sound/ogg.ts'
import { mailsIn } from '../harness/command.ts'
import { byteNeedles, createHunter, textNeedles, type Hit, type Needle } from '../harness/hunt.ts'
import { enlist, startClient } from '../harness/member.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder } from '../harness/server.ts'
import { samplesOf, speak } from '../harness/speech.ts'
import { stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'
import { sendUnsealed } from '../harness/unsealed.ts'

// Sin 8, unencrypted data: a family tells its story to a real server, then everything is stolen.
// Each canary is searched in every form; a control run with sealing switched off must find them all.

const CANARIES = {
  child: 'Zoë Kanarienvogel',
  mum: 'Ruth Canarybird',
  grandma: 'Ilse Canarysong',
  invited: 'Oma Canaryfeather',
  password: 'the canary sings at four',
} as const

/** Canaries, too; with one exception: a mail in the outbox says to whom it goes. */
const ADDRESSES = { mum: 'canary-mum@family.example', grandma: 'canary-oma@family.example' }

/** Bytes of sound that are searched at a time. */
const WINDOW = 24

let folder = ''
let samples: Int16Array
let sound: Uint8Array<ArrayBuffer>
let needles: readonly Needle[]

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-canaries-'))
  await speak(
    'The little canary sings for the bear, and nobody else can hear it.',
    `${folder}/a.wav`,
  )
  samples = await samplesOf(`${folder}/a.wav`)
  sound = encodeVoice(samples)
  needles = [
    ...Object.entries(CANARIES).flatMap(([name, text]) => textNeedles(name, text)),
    ...Object.values(ADDRESSES).flatMap((text) => textNeedles('address', text)),
    ...windows(readOggOpus(sound).packets).flatMap((bytes) => byteNeedles('opus', bytes)),
    ...windows(pcmPieces()).flatMap((bytes) => byteNeedles('pcm', bytes)),
  ]
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

/** The raw samples, as a toy or a careless program would keep them. */
function rawPcm(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Int16Array.from(samples).buffer).slice(0, 100_000)
}

function pcmPieces(): readonly Uint8Array[] {
  const pcm = rawPcm()
  const count = Math.floor(pcm.length / 2000)
  return Array.from({ length: count }, (_, index) => pcm.subarray(index * 2000))
}

/** The first bytes of each piece that are no silence: silence lies everywhere. */
function windows(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const cut = pieces.map((piece) => piece.slice(0, WINDOW))
  return cut.filter((bytes) => bytes.length === WINDOW && new Set(bytes).size > WINDOW / 2)
}

type Family = { readonly parent: Client; readonly grandma: Client }

/** Everything people do, with everything that could give them away. */
async function story(origin: string, data: string): Promise<Family> {
  const server = { origin, mails: () => mailsIn(data) }
  const { password } = CANARIES
  const parent = startClient(await enlist(server, { email: ADDRESSES.mum, password }))
  const grandma = startClient(await enlist(server, { email: ADDRESSES.grandma, password }))
  await createHousehold(parent, { child: CANARIES.child, name: CANARIES.mum })
  const { link } = await invite(parent, { role: 'relative', name: CANARIES.invited })
  const { request } = await askToJoin(grandma, { link, name: CANARIES.grandma })
  await waitingRequests(parent)
  await joining(grandma)
  await admit(parent, request, await guardianDigits(parent, request))
  await step(parent)
  await joining(grandma)
  const durationMs = samples.length / 16
  const { message } = await sendVoice(grandma, { sound, durationMs, to: 'child' })
  await step(grandma)
  await step(parent)
  await approve(parent, message)
  const to = (await members(parent)).find(({ me }) => !me)?.person ?? 'household'
  await sendVoice(parent, { sound, durationMs, to, author: 'child', raw: rawPcm() })
  await step(parent)
  await step(grandma)
  await signIn(grandma, { email: ADDRESSES.grandma, password })
  await assert.rejects(signIn(grandma, { email: ADDRESSES.mum, password: `${password}?` }))
  assert.equal((await messages(grandma)).length, 2)
  return { parent, grandma }
}

/** Steals everything from a server that ran `life`: its tables, its folder, what it said. */
async function steal(
  life: (origin: string, data: string) => Promise<unknown>,
): Promise<{ hits: readonly Hit[]; searched: number }> {
  const data = await freshDataFolder()
  const hunter = createHunter(needles)
  const hits: Hit[] = []
  let searched = 0
  const hunt = async (loot: readonly Loot[]): Promise<void> => {
    for (const { place, pieces } of loot) hits.push(...(await hunter.hunt(place, counted(pieces))))
  }
  async function* counted(pieces: Loot['pieces']): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      searched += piece.length
      yield piece
    }
  }
  try {
    const args = ['--data', data, '--port', '0', '--log', 'debug']
    await using server = await startServerProcess(args)
    await life(server.origin, data)
    await hunt(await stolenTables(data))
    // At work and after a clean end: not everything lies in the same files.
    await hunt(await stolenFiles(data))
    await server.end('SIGTERM')
    await hunt(await stolenFiles(data))
    const log = server.said()
    assert.ok(log.split('\n').length > 20, 'it logged what it did')
    await hunt([{ place: 'log', pieces: [Buffer.from(log)] }])
    return { hits, searched }
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20 })
  }
}

/** The one exception: a mail, until somebody takes it from the outbox. */
function isExcepted({ name, place }: Hit): boolean {
  return name === 'address' && /^file outbox\/[^/]+\.eml$/.test(place)
}

test('everything stolen together shows no name, no voice, no password, no address', async () => {
  const { hits, searched } = await steal(story)
  assert.ok(searched > 50_000_000, `searched ${searched} bytes`)
  const found = hits.filter((hit) => !isExcepted(hit))
  assert.deepEqual(found, [])
  // The hunter was there: what is excepted it did find.
  assert.ok(hits.some((hit) => isExcepted(hit)))
})

test('control: with sealing switched off every kind of canary is found, wherever it lies', async () => {
  const { hits } = await steal(async (origin, data) => {
    const { parent } = await story(origin, data)
    const me = (await members(parent))[0]?.person
    assert.ok(me)
    const names = [...Object.values(CANARIES), ...Object.values(ADDRESSES)]
    const people = names.map((name) => ({ person: me, name }))
    const [child] = await children(parent)
    assert.ok(child)
    await sendUnsealed(parent, {
      kind: 'profile',
      body: { children: [{ ...child, name: CANARIES.child }], people },
    })
    const said = { author: child.id, codec: 'opus/ogg', durationMs: 1000 } as const
    const raw = { codec: 'sonix-msadpcm/raw', bytes: rawPcm() } as const
    await sendUnsealed(parent, { kind: 'voice', body: { ...said, for: [me], sound, raw } })
  })
  const kinds = [...Object.keys(CANARIES), 'address', 'opus', 'pcm']
  const places = [
    /^table recordings as text$/,
    /^table recordings as binary$/,
    /^file postgres\/base\//,
    /^file postgres\/pg_wal\//,
  ]
  for (const kind of kinds) {
    const where = hits.filter(({ name }) => name === kind).map(({ place }) => place)
    for (const place of places) {
      assert.ok(
        where.some((one) => place.test(one)),
        `${kind} in ${place}`,
      )
    }
  }
})
