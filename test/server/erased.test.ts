import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { decryptWith, seedIdentity } from '../../src/keys/age.ts'
import type { Device } from '../../src/keys/device.ts'
import { proposePolicy, proposeShred } from '../../src/keys/governing.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { openWrap, type Secret } from '../../src/keys/principal.ts'
import { findByCard, readWraps } from '../../src/protocol/api/households.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { deviceId } from '../../src/protocol/ids.ts'
import { readFrame } from '../../src/protocol/message/outer.ts'
import { append, foundFamily, NOW, standing, type Family } from '../harness/family.ts'
import {
  appendTo,
  familyClock,
  sealVoice,
  send,
  upload,
  visit,
  type Visitor,
} from '../harness/key-plane.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

// Erased means erased: a family closes an epoch. Later somebody puts an old backup of the whole
// database in place, every wrap of that epoch in it, and holds the family's recovery card.

const DAY = 86_400_000
const copy = promisify(execFile)
const clock = familyClock()

let backup = ''
let server: TestServer
let visitor: Visitor
let family: Family
let guardian: Device
let card: Device
/** The ciphertexts of a voice of each epoch of the household, in the order of the epochs. */
const voices: Uint8Array[] = []

before(async () => {
  backup = await mkdtemp(join(tmpdir(), 'pawpost-backup-'))
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
  const home = await foundFamily()
  family = home.family
  guardian = home.guardian.device
  card = home.card
  const { principal, policy } = family.household
  append(family, await proposePolicy(standing(family, guardian), { ...policy, retention: 1 }))
  await upload(visitor, family, guardian)
  for (const epoch of [1, 2]) {
    const voice = await sealVoice(family, home.guardian, [principal], { n: epoch })
    await send(visitor, family, guardian, voice)
    voices.push(readFrame(voice.frame).ciphertext)
    if (epoch === 2) break
    append(family, await proposeRotate(standing(family, guardian), principal))
    await appendTo(visitor, family, guardian)
  }
  await server.restart(() => exchange(server.data, backup, ['postgres', 'vault']))
})
after(async () => {
  await server.close()
  await rm(backup, { recursive: true, force: true })
})

/** Replaces folders by those of another place, bytes, owners and modes alike. */
async function exchange(from: string, to: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await rm(join(to, name), { recursive: true, force: true })
    await copy('cp', ['-a', join(from, name), join(to, name)])
  }
}

/** The secrets of the household that the card gets from the server, by epoch. */
async function secretsOfCard(): Promise<Secret[]> {
  const { id, principal } = family.household
  assert.deepEqual(await visitor.api.call(findByCard, { params: { card: card.id } }), {
    household: id,
  })
  const { wraps } = await visitor.api.call(readWraps, { params: { household: id } }, card)
  const mine = wraps.filter(({ of }) => of === principal)
  return Promise.all(
    mine.map(({ wrap, ...name }) => openWrap(family.household, card, fromBase64url(wrap), name)),
  )
}

/** Which voices these secrets open, by their epochs. */
async function heard(secrets: readonly Secret[]): Promise<number[]> {
  const identities = secrets.map(({ secret }) => seedIdentity(secret))
  const opened = await Promise.all(
    voices.map((voice) => decryptWith(identities, voice).catch(() => undefined)),
  )
  return opened.flatMap((plain, index) => (plain ? [index + 1] : []))
}

/** The card's rows as they lie in the database. */
function rows(): Promise<{ epoch: number; sealed: Buffer }[]> {
  return asOwner(server.data, async (client) => {
    const found = await client.query<{ epoch: number; sealed: Buffer }>(
      'SELECT epoch, sealed FROM wraps WHERE device = $1 ORDER BY epoch',
      [deviceId.bytes(card.id)],
    )
    return found.rows
  })
}

/** How many rows the card opens by itself, wherever in them its wrap might begin. */
async function openedByHand(): Promise<number> {
  let opened = 0
  for (const { sealed } of await rows()) {
    for (let from = 0; from < 64; from += 1) {
      const bytes = Uint8Array.from(sealed.subarray(from))
      await decryptWith([card.identity], bytes).then(
        () => (opened += 1),
        () => undefined,
      )
    }
  }
  return opened
}

test('before: the card opens both epochs, and the voices in them', async () => {
  const secrets = await secretsOfCard()
  assert.deepEqual(
    secrets.map(({ epoch }) => epoch),
    [1, 2],
  )
  assert.deepEqual(await heard(secrets), [1, 2])
  assert.equal(await openedByHand(), 0)
})

test('the family closes the first epoch', async () => {
  const logged = family.household
  clock.advance(3 * DAY)
  const later = standing(family, guardian, NOW + 3 * DAY)
  append(family, await proposeShred(later, logged.principal, 2))
  await appendTo(visitor, family, guardian)
  // Whoever attacks later knows the log as it was: the wraps are named in it.
  family.household = logged
  assert.deepEqual(await heard(await secretsOfCard()), [2])
  assert.equal((await rows()).filter(({ epoch }) => epoch === 1).length, 1, "the person's own")
})

test('the old database comes back: the closed epoch stays closed, the newest one opens', async () => {
  await server.restart(() => exchange(backup, server.data, ['postgres']))
  assert.equal((await rows()).filter(({ epoch }) => epoch === 1).length, 2, 'its row is back')
  const secrets = await secretsOfCard()
  assert.deepEqual(
    secrets.map(({ epoch }) => epoch),
    [2],
  )
  assert.deepEqual(await heard(secrets), [2])
  assert.equal(await openedByHand(), 0)
})

test('the link that closed it is accepted again on top of the old database', async () => {
  await appendTo(visitor, family, guardian)
  assert.equal((await rows()).filter(({ epoch }) => epoch === 1).length, 1)
  assert.deepEqual(await heard(await secretsOfCard()), [2])
})

test("control: with the vault's folder of that day, too, everything opens again", async () => {
  await server.restart(() => exchange(backup, server.data, ['postgres', 'vault']))
  assert.deepEqual(await heard(await secretsOfCard()), [1, 2])
})
