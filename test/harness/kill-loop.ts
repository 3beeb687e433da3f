import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHousehold } from '../../src/protocol/api/households.ts'
import { readMailbox, readMessage } from '../../src/protocol/api/messages.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import type { MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import { readFrame, readOuter } from '../../src/protocol/message/outer.ts'
import { systemClock } from '../../src/server/platform/clock.ts'
import { seeded } from '../codec/material.ts'
import { foundFamily, type Family, type Party } from './family.ts'
import { posted, sealVoice, send, visit, visitWith, type Visitor } from './key-plane.ts'
import { freshDataFolder } from './server.ts'
import { startServed, type Served } from './served.ts'

/** What was sent, and whether the server said that it has it. */
type Sent = {
  readonly mid: MessageId
  readonly frame: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly to: readonly PrincipalId[]
  acknowledged: boolean
}

type Home = { readonly family: Family; readonly guardian: Party }

const SENDERS = 4

/**
 * Sends in a loop, kills the server at random moments, starts it again and looks: everything that
 * was acknowledged is there once, numbers have no gaps, bytes are the same. What was in flight is
 * sent again, as an outbox would. Every third kill takes the database along.
 */
export async function killAndCount(
  kills: number,
  seed: number,
): Promise<{ kills: number; acknowledged: number; inFlight: number; storedUnanswered: number }> {
  const random = seeded(seed)
  const data = await freshDataFolder()
  const sent: Sent[] = []
  const counts = { inFlight: 0, storedUnanswered: 0 }
  let served = await startServed(data)
  try {
    const home = await foundFamily()
    const first = await visit(served, systemClock)
    const [genesis] = home.family.links
    assert.ok(genesis)
    await first.api.call(createHousehold, { body: posted(home.family, genesis) })
    for (let kill = 0; kill < kills; kill += 1) {
      const visitor = visitWith(served, first.cookie, systemClock)
      await sendUntilKilled(visitor, home, sent, async () => {
        await sleep(20 + random() * 400)
        await served.kill({ postgres: kill % 3 === 2 })
      })
      served = await startServed(data)
      const again = visitWith(served, first.cookie, systemClock)
      const stored = await requireAll(again, home, sent)
      const unanswered = sent.filter(({ acknowledged }) => !acknowledged)
      counts.inFlight += unanswered.length
      counts.storedUnanswered += unanswered.filter(({ mid }) => stored.has(mid)).length
      await Promise.all(unanswered.map((one) => deliver(again, home, one)))
    }
    const visitor = visitWith(served, first.cookie, systemClock)
    const stored = await requireAll(visitor, home, sent)
    assert.equal(stored.size, sent.length)
    for (const one of sent) await requireBytes(visitor, home, one)
    return { kills, acknowledged: sent.length, ...counts }
  } finally {
    await end(served, data)
  }
}

/** Senders go on until the server is gone; at least one message of each round was acknowledged. */
async function sendUntilKilled(
  visitor: Visitor,
  home: Home,
  sent: Sent[],
  kill: () => Promise<void>,
): Promise<void> {
  let firstAnswer = (): void => {}
  const answered = new Promise<void>((resolve) => {
    firstAnswer = resolve
  })
  const sending = Array.from({ length: SENDERS }, async (_, index) => {
    for (;;) {
      const one = await prepare(home, sent.length + index)
      sent.push(one)
      await deliver(visitor, home, one)
      firstAnswer()
    }
  })
  // Each of them ends by failing: the server is gone.
  const ends = Promise.allSettled(sending)
  await Promise.race([answered, ends])
  await kill()
  for (const end of await ends) {
    const { reason } = end as PromiseRejectedResult
    const isGone = reason instanceof PawpostError && ['offline', 'busy'].includes(reason.code)
    assert.ok(isGone, String(reason))
  }
}

async function prepare({ family, guardian }: Home, n: number): Promise<Sent> {
  const { principal } = family.household
  const to = n % 2 === 0 ? [principal] : [guardian.person, principal]
  const { mid, frame } = await sealVoice(family, guardian, to, { bytes: 3000, n: n + 1 })
  const { ciphertext } = readFrame(frame)
  return { mid, frame, sha256: hash(ciphertext), to, acknowledged: false }
}

async function deliver(visitor: Visitor, home: Home, one: Sent): Promise<void> {
  await send(visitor, home.family, home.guardian.device, one)
  one.acknowledged = true
}

/** Looks through the mailboxes; throws where something acknowledged is missing or there twice. */
async function requireAll(
  visitor: Visitor,
  home: Home,
  sent: readonly Sent[],
): Promise<Set<MessageId>> {
  const stored = new Set<MessageId>()
  for (const principal of [home.family.household.principal, home.guardian.person]) {
    const entries = await readAll(visitor, home, principal)
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, index) => index + 1),
      'the numbers have a gap',
    )
    const mids = new Set(entries.map(({ mid }) => mid))
    assert.equal(mids.size, entries.length, 'something is there twice')
    const expected = sent.filter(({ acknowledged, to }) => acknowledged && to.includes(principal))
    const missing = expected.filter(({ mid }) => !mids.has(mid))
    assert.deepEqual(missing, [], 'something acknowledged is lost')
    for (const mid of mids) stored.add(mid)
  }
  return stored
}

async function readAll(
  visitor: Visitor,
  { family, guardian }: Home,
  principal: PrincipalId,
): Promise<{ seq: number; mid: MessageId }[]> {
  const all: { seq: number; mid: MessageId }[] = []
  for (;;) {
    const params = { household: family.household.id, principal }
    const input = { params, query: { after: all.length } }
    const { entries, latest } = await visitor.api.call(readMailbox, input, guardian.device)
    all.push(
      ...entries.map(({ seq, outer }) => ({ seq, mid: readOuter(fromBase64url(outer)).mid })),
    )
    if (all.length >= latest) return all
    assert.ok(entries.length > 0, 'a page is empty before the end')
  }
}

async function requireBytes(visitor: Visitor, home: Home, { mid, sha256 }: Sent): Promise<void> {
  const params = { household: home.family.household.id, message: mid }
  const stored = await visitor.api.call(readMessage, { params }, home.guardian.device)
  assert.equal(hash(stored), sha256, 'a recording changed')
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A killed server leaves its database running: the next one takes it over, and stops it. */
async function end(served: Served, data: string): Promise<void> {
  await (served.isGone() ? await startServed(data) : served).stop()
  await rm(data, { recursive: true, force: true, maxRetries: 20 })
}
