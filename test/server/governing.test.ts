import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { boxKeys, proposeBox } from '../../src/keys/enrolling.ts'
import { proposeNotice } from '../../src/keys/governing.ts'
import { proposeGenesis, proposeRemove, proposeRotate } from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { createHousehold } from '../../src/protocol/api/households.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { NOTICE_MS } from '../../src/protocol/log/ending.ts'
import { append, newDevice, NOW, standing, type WholeFamily } from '../harness/family.ts'
import { appendTo, refuses, sealVoice, send } from '../harness/key-plane.ts'
import { stage } from '../harness/stage.ts'

const MINUTES = 60_000

const on = stage()

/** The newest link of a family, taken off again: what is offered and not yet there. */
async function offer({ family, mum }: WholeFamily): Promise<number> {
  return appendTo(on.visitor, family, mum.device)
}

test('a link that is dated ahead is refused, one that was signed long ago is not', async () => {
  const whole = await on.uploaded()
  const { family, mum } = whole
  const before = { ...family, links: [...family.links] }
  const { principal } = family.household
  const ahead = standing(family, mum.device, on.clock.now() + 11 * MINUTES)
  append(family, await proposeRotate(ahead, principal))
  await refuses(offer(whole), 'log-refused', 'time-off')
  Object.assign(family, before)
  const late = standing(family, mum.device, NOW - 30 * 24 * 60 * MINUTES)
  append(family, await proposeRotate(late, principal))
  await offer(whole)
})

test('no household begins tomorrow', async () => {
  const [device, card] = await Promise.all([newDevice(), newDevice()])
  const { link, wraps } = await proposeGenesis(device, card, on.clock.now() + 11 * MINUTES)
  const body = { link: toBase64url(link), wraps: wraps.map(toBase64url) }
  await refuses(on.visitor.api.call(createHousehold, { body }), 'log-refused', 'time-off')
})

test('a notice that is dated back is refused, so that 72 hours are 72 hours', async () => {
  const whole = await on.uploaded()
  const { family, mum, dad } = whole
  const before = { ...family, links: [...family.links] }
  const back = standing(family, mum.device, on.clock.now() - NOTICE_MS)
  append(family, await proposeNotice(back, dad.person))
  await refuses(offer(whole), 'log-refused', 'time-off')
  Object.assign(family, before)
  append(family, await proposeNotice(standing(family, mum.device, on.clock.now()), dad.person))
  await offer(whole)
  const given = { ...family, links: [...family.links] }
  const early = standing(family, mum.device, on.clock.now() + NOTICE_MS)
  append(family, await proposeRemove(early, dad.person, new Map()))
  await refuses(offer(whole), 'log-refused', 'time-off')
  Object.assign(family, given)
  on.clock.advance(NOTICE_MS)
  append(
    family,
    await proposeRemove(standing(family, mum.device, on.clock.now()), dad.person, new Map()),
  )
  await offer(whole)
})

test('a drop-box sends to the household until it ends, and reads nothing', async () => {
  const whole = await on.uploaded()
  const { family, mum } = whole
  const box = await boxKeys(randomBytes(16))
  const id = newPrincipalId()
  const expires = on.clock.now() + 60 * MINUTES
  append(family, await proposeBox(standing(family, mum.device), box, { id, expires }))
  await offer(whole)
  const us = family.household.principal
  const say = async (device: Device): Promise<void> =>
    send(on.visitor, family, device, await sealVoice(family, { person: id, device }, [us]))
  await say(box)
  const params = { household: family.household.id, principal: us }
  const { latest } = await on.visitor.api.call(
    readMailbox,
    { params, query: { after: 0 } },
    mum.device,
  )
  assert.equal(latest, 1)
  for (const principal of [us, id]) {
    const asked = { params: { ...params, principal }, query: { after: 0 } }
    await refuses(on.visitor.api.call(readMailbox, asked, box), 'not-found')
  }
  on.clock.advance(61 * MINUTES)
  await refuses(say(box), 'box-ended')
})
