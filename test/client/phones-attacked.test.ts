import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arrive, arriving } from '../../src/client/arriving.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { addPhone, letPhoneIn, phonePairing } from '../../src/client/pairing.ts'
import { generateSeeds, loadDevice, randomBytes } from '../../src/keys/device.ts'
import { publicKeys } from '../../src/keys/links.ts'
import { newPairing, readPairing, sealPart } from '../../src/keys/pairing.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import type { HouseholdId, PrincipalId } from '../../src/protocol/ids.ts'
import { enrolmentBytes } from '../../src/protocol/log/join.ts'
import { enlist, foundAt, startClient, type Between, type Installation } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// What a server may try between two phones of one person, and who took a picture of the code.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

const LABEL = { browser: 'Chrome', system: 'Android' }
const SEALED = { code: 'tampered', reason: 'pairing' }

/** A server that answers calls to some path with other words than the honest one's. */
function lying(path: RegExp, lie: (told: Record<string, unknown>) => object): Between {
  return {
    fetch: (fetch) => async (input, init) => {
      const honest = await fetch(input, init)
      const isAsked = path.test(new URL(input).pathname) && init.method === 'GET' && honest.ok
      if (!isAsked) return honest
      const told = (await honest.json()) as Record<string, unknown>
      return Response.json({ ...told, ...lie(told) })
    },
  }
}

const TO_MEMBER = /^\/api\/households\/[^/]+\/pairings\//
const TO_NEWCOMER = /^\/api\/pairings\/[^/]+$/

async function shown(): Promise<{ old: Installation; link: string }> {
  const old = await foundAt(server)
  const { link } = await addPhone(startClient(old), LABEL)
  return { old, link }
}

async function newcomer(between: Between = {}): Promise<Client> {
  return startClient(await enlist(server), between)
}

/** An answer as an honest phone makes it, but for what is replaced; for who knows the secret. */
async function forged(
  { old, link }: { old: Installation; link: string },
  lies: { person?: PrincipalId; household?: HouseholdId; sig?: Uint8Array } = {},
): Promise<string> {
  const { household, person } = await readFamily(startClient(old))
  const device = await loadDevice(generateSeeds())
  const keys = publicKeys(device)
  const { household: of = household.id, person: who = person } = lies
  const proof = await device.sign(enrolmentBytes(of, who, keys))
  const told = { ...keys, ...(lies.sig && { sig: lies.sig }) }
  const answer = { v: 1, device: told, proof, nonce: randomBytes(32), label: LABEL }
  return toBase64url(await sealPart(readPairing(link), 'answer', toCbor(answer)))
}

test('an offer of the server’s own is not believed, nor one of another pairing', async () => {
  const { link } = await shown()
  const other = await sealPart(newPairing(''), 'offer', randomBytes(300))
  for (const offer of [toBase64url(randomBytes(300)), toBase64url(other)]) {
    const client = await newcomer(lying(TO_NEWCOMER, () => ({ offer })))
    await assert.rejects(arrive(client, { link, label: LABEL }), SEALED)
  }
})

test('an answer of the server’s own is not believed: it has no secret to seal it with', async () => {
  const made = await shown()
  const sealed = await sealPart(newPairing(''), 'answer', randomBytes(300))
  const between = lying(TO_MEMBER, () => ({ answer: toBase64url(sealed) }))
  await assert.rejects(phonePairing(startClient(made.old, between)), SEALED)
  assert.equal(await phonePairing(startClient(made.old)), undefined, 'and the code is dead')
})

test('keys that were not signed by themselves, or for somebody else, are not asked about', async () => {
  const stranger = await readFamily(startClient(await foundAt(server)))
  for (const lies of [
    { person: stranger.person },
    { household: stranger.household.id },
    { sig: stranger.device.sig },
  ]) {
    const made = await shown()
    const answer = await forged(made, lies)
    const client = startClient(
      made.old,
      lying(TO_MEMBER, () => ({ answer })),
    )
    await assert.rejects(phonePairing(client), SEALED)
  }
})

test('the first answer counts, also where a second one is shown', async () => {
  const made = await shown()
  const next = await newcomer()
  await arrive(next, { link: made.link, label: LABEL })
  const first = await phonePairing(startClient(made.old))
  const answer = await forged(made)
  const again = await phonePairing(
    startClient(
      made.old,
      lying(TO_MEMBER, () => ({ answer })),
    ),
  )
  assert.deepEqual(again, first)
  const digits = first?.state === 'asks' ? first.digits : ''
  assert.equal((await arriving(next))?.digits, digits)
  await letPhoneIn(startClient(made.old), digits)
  assert.deepEqual(await arriving(next), { state: 'arrived' })
})

test('a nonce that was not promised is refused, secret or not', async () => {
  const made = await shown()
  const other = await sealPart(
    readPairing(made.link),
    'nonce',
    toCbor({ v: 1, nonce: randomBytes(32) }),
  )
  const between = lying(TO_NEWCOMER, () => ({ nonce: toBase64url(other) }))
  const client = await newcomer(between)
  await arrive(client, { link: made.link, label: LABEL })
  await assert.rejects(arriving(client), { code: 'tampered', reason: 'commitment' })
})

test('who took a picture and answers first is not the phone in the hand', async () => {
  const made = await shown()
  const thief = await newcomer()
  await arrive(thief, { link: made.link, label: LABEL })
  const mine = await newcomer()
  const late = arrive(mine, { link: made.link, label: LABEL })
  await assert.rejects(late, { code: 'pairing-dead' })
  assert.equal(
    (await phonePairing(startClient(made.old)))?.state,
    'asks',
    'but not for digits here',
  )
  assert.equal(await arriving(mine), undefined)
})

test('a log that is not the one of the phone that is in is not believed', async () => {
  const made = await shown()
  const between = lying(/\/log$/, ({ links }) => {
    const [genesis] = links as string[]
    return { links: [genesis], length: 1 }
  })
  const next = await enlist(server)
  const client = startClient(next, between)
  await arrive(client, { link: made.link, label: LABEL })
  const asked = await phonePairing(startClient(made.old))
  await arriving(client)
  await letPhoneIn(startClient(made.old), asked?.state === 'asks' ? asked.digits : '')
  await assert.rejects(arriving(client), { code: 'tampered' })
  assert.deepEqual(await arriving(startClient(next)), { state: 'arrived' })
})
