import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Device } from '../../src/keys/device.ts'
import { proposeRemove, proposeRevokeDevice } from '../../src/keys/links.ts'
import { readEvents } from '../../src/client/server-sent-events.ts'
import { events, type HeadsEvent } from '../../src/protocol/api/messages.ts'
import { signOut } from '../../src/protocol/api/accounts.ts'
import { householdId } from '../../src/protocol/ids.ts'
import {
  counted,
  addDevice,
  append,
  foundFamily,
  invite,
  newDevice,
  standing,
  wholeFamily,
  type Family,
} from '../harness/family.ts'
import { appendTo, refuses, sealVoice, send, upload, visit } from '../harness/key-plane.ts'
import { stage } from '../harness/stage.ts'

const on = stage()

/** A stream of heads; `next` fails where nothing comes within five seconds. */
type Watching = AsyncDisposable & {
  next(): Promise<HeadsEvent>
  /** Reads on until the heads are as wanted. */
  until(isWanted: (heads: HeadsEvent) => boolean): Promise<HeadsEvent>
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>
}

async function watch(family: Family, signer: Device, by = on.visitor): Promise<Watching> {
  const leaving = new AbortController()
  const input = { params: { household: family.household.id } }
  const options = { signer, signal: leaving.signal }
  const stream = await by.api.stream(events, input, options)
  const heads: HeadsEvent[] = []
  let wake = (): void => {}
  const ended = (async () => {
    for await (const { data } of readEvents(stream)) {
      heads.push(JSON.parse(data) as HeadsEvent)
      wake()
    }
  })().catch(() => {})
  const next = async (): Promise<HeadsEvent> => {
    for (const until = Date.now() + 5000; Date.now() < until;) {
      const first = heads.shift()
      if (first) return first
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, 100)
      })
    }
    return assert.fail('no event came')
  }
  return {
    next,
    async until(isWanted) {
      for (;;) {
        const heads = await next()
        if (isWanted(heads)) return heads
      }
    },
    ended,
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await ended
    },
  }
}

test('the heads come at once, and after every change', async () => {
  const { family, mum, grandma, dad } = await wholeFamily()
  await upload(on.visitor, family, mum.device)
  const { principal } = family.household
  await using watching = await watch(family, dad.device)
  await using hers = await watch(family, grandma.device)
  const log = family.links.length
  const none = { log, mailboxes: { [principal]: 0, [dad.person]: 0 }, requests: 0 }
  assert.deepEqual(await watching.next(), none)
  assert.deepEqual(await hers.next(), { log, mailboxes: { [grandma.person]: 0 }, requests: 0 })

  await send(on.visitor, family, grandma.device, await sealVoice(family, grandma, [principal]))
  const one = { ...none, mailboxes: { ...none.mailboxes, [principal]: 1 } }
  assert.deepEqual(await watching.next(), one)
  await invite(family, mum, 'relative')
  await appendTo(on.visitor, family, mum.device)
  assert.deepEqual(await watching.next(), { ...one, log: log + 1 })
  const { mailboxes } = await hers.next()
  assert.deepEqual(mailboxes, { [grandma.person]: 0 }, 'nothing of other mailboxes')
})

test('who was away misses nothing: the first event says how everything stands', async () => {
  const { family, guardian } = await foundFamily()
  await upload(on.visitor, family, guardian.device)
  const { principal } = family.household
  {
    await using watching = await watch(family, guardian.device)
    assert.equal((await watching.next()).mailboxes[principal], 0)
  }
  for (let count = 0; count < 3; count += 1) {
    await send(on.visitor, family, guardian.device, await sealVoice(family, guardian, [principal]))
  }
  await on.server.restart()
  await using watching = await watch(family, guardian.device)
  assert.equal((await watching.next()).mailboxes[principal], 3)
})

test('many changes at once are few events, and the last one counts', async () => {
  const { family, guardian } = await foundFamily()
  await upload(on.visitor, family, guardian.device)
  const { principal } = family.household
  await using watching = await watch(family, guardian.device)
  await watching.next()
  const voices = await Promise.all(
    Array.from({ length: 20 }, () => sealVoice(family, guardian, [principal])),
  )
  await Promise.all(voices.map((voice) => send(on.visitor, family, guardian.device, voice)))
  const { mailboxes } = await watching.until((heads) => heads.mailboxes[principal] === 20)
  assert.deepEqual(mailboxes, { [principal]: 20, [guardian.person]: 0 })
})

test('a revoked device and a person who left are shown out', async () => {
  const { family, mum, grandma } = await wholeFamily()
  const tablet = await addDevice(family, mum.device)
  await upload(on.visitor, family, mum.device)
  await using onTablet = await watch(family, tablet)
  await using hers = await watch(family, grandma.device)
  await Promise.all([onTablet.next(), hers.next()])
  append(family, await proposeRevokeDevice(standing(family, mum.device), tablet.id, counted(0)))
  await appendTo(on.visitor, family, mum.device)
  await onTablet.ended
  const counters = new Map([[grandma.device.id, counted(0)]])
  append(family, await proposeRemove(standing(family, mum.device), grandma.person, counters))
  await appendTo(on.visitor, family, mum.device)
  await hers.ended
  await refuses(watch(family, grandma.device), 'not-found')
})

test('a device keeps its newest three streams', async () => {
  const { family, guardian } = await foundFamily()
  await upload(on.visitor, family, guardian.device)
  const streams: Watching[] = []
  for (let count = 0; count < 5; count += 1) {
    const watching = await watch(family, guardian.device)
    await watching.next()
    streams.push(watching)
  }
  await Promise.all(streams.slice(0, 2).map(({ ended }) => ended))
  await send(
    on.visitor,
    family,
    guardian.device,
    await sealVoice(family, guardian, [family.household.principal]),
  )
  await Promise.all(streams.slice(2).map((watching) => watching.next()))
  await Promise.all(streams.map((watching) => watching[Symbol.asyncDispose]()))
})

test('strangers get the answer of an absent household', async () => {
  const { family, guardian } = await foundFamily()
  await upload(on.visitor, family, guardian.device)
  const route = events
  const household = family.household.id
  const absent = householdId.from(new Uint8Array(16))
  const signer = await newDevice()
  const answers = await Promise.all([
    on.visitor.answer({ route, params: { household }, signer }),
    on.visitor.answer({ route, params: { household: absent }, signer: guardian.device }),
  ])
  assert.deepEqual(answers[0], answers[1])
  assert.equal(answers[0]?.status, 404)
})

test('streams end with the session at the next heartbeat, and with the server at once', async () => {
  const { family, guardian } = await foundFamily()
  await upload(on.visitor, family, guardian.device)
  const guest = await visit(on.server, on.clock)
  await using theirs = await watch(family, guardian.device, guest)
  await using ours = await watch(family, guardian.device)
  await Promise.all([theirs.next(), ours.next()])
  await guest.api.call(signOut, {})
  await theirs.ended
  const started = Date.now()
  await on.server.restart()
  await ours.ended
  assert.ok(Date.now() - started < 10_000)
})
