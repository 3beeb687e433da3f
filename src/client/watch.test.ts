import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  append,
  copyOf,
  newDevice,
  NOW,
  standing,
  wholeFamily,
  type Family,
} from '../../test/harness/family.ts'
import { memoryStore, newStorageKey } from '../../test/harness/memory-store.ts'
import { proposeNotice } from '../keys/governing.ts'
import { proposeRemove, proposeRotate } from '../keys/links.ts'
import { NOTICE_MS } from '../protocol/log/ending.ts'
import { createApi } from './api.ts'
import { oneAtATime, type Client } from './client.ts'
import { encryptedStore } from './store.ts'
import { noteLook, watch, type Served } from './watch.ts'

// The edges of what a device's own clock decides.

const MINUTES = 60_000
const DAY = 24 * 60 * MINUTES

async function phone(): Promise<{ client: Client; at: (now: number) => Client }> {
  const store = encryptedStore(memoryStore(), await newStorageKey())
  const at = (now: number): Client => ({
    origin: 'http://127.0.0.1',
    api: createApi(
      'http://127.0.0.1',
      () => Promise.reject(new Error('offline')),
      () => now,
    ),
    store,
    keeper: { device: newDevice },
    now: () => now,
    exclusively: oneAtATime(),
    changed: () => undefined,
  })
  return { client: at(NOW), at }
}

/** The newest link of a family, and the household before it. */
function newest(before: Family, after: Family): Served {
  const link = after.links.at(-1)
  assert.ok(link)
  return { before: before.household, after: after.household, link }
}

/** A notice and the removal that it allows, with all dates as they should be. */
async function noticeAndRemoval(): Promise<{ notice: Served; removal: Served }> {
  const { family, mum, dad } = await wholeFamily()
  const announced = copyOf(family)
  append(announced, await proposeNotice(standing(family, mum.device), dad.person))
  const removed = copyOf(announced)
  const then = standing(announced, mum.device, NOW + NOTICE_MS)
  append(removed, await proposeRemove(then, dad.person, new Map()))
  return { notice: newest(family, announced), removal: newest(announced, removed) }
}

async function see(client: Client, served: Served): Promise<void> {
  await client.store.write(await watch(client, served))
}

const early = { code: 'tampered', reason: 'notice-early' }

test('72 hours are counted from the last look without the notice, to the millisecond', async () => {
  const { notice, removal } = await noticeAndRemoval()
  const { at } = await phone()
  await noteLook(at(NOW))
  await see(at(NOW + DAY), notice)
  await noteLook(at(NOW + DAY))
  await assert.rejects(see(at(NOW + NOTICE_MS - 1), removal), early)
  await see(at(NOW + NOTICE_MS), removal)
})

test('a device that never looked before cannot know, and believes the dates', async () => {
  const { notice, removal } = await noticeAndRemoval()
  const { at } = await phone()
  await see(at(NOW + NOTICE_MS), notice)
  await see(at(NOW + NOTICE_MS), removal)
})

test('looks are written down every ten minutes, and anew when the clock was turned back', async () => {
  const { client, at } = await phone()
  let writes = 0
  const counting = (now: number): Client => ({
    ...at(now),
    store: {
      ...client.store,
      write: (entries) => {
        writes += 1
        return client.store.write(entries)
      },
    },
  })
  for (const minutes of [0, 1, 9, 10, 11, 19.99]) await noteLook(counting(NOW + minutes * MINUTES))
  assert.equal(writes, 2)
  await noteLook(counting(NOW - DAY))
  assert.equal(writes, 3)
})

test('a clock that was far ahead and is set right delays a removal by three days at most', async () => {
  const { notice, removal } = await noticeAndRemoval()
  const { at } = await phone()
  await noteLook(at(NOW + 365 * DAY))
  await see(at(NOW + 365 * DAY), notice)
  const right = NOW + NOTICE_MS
  await assert.rejects(see(at(right), removal), early)
  await assert.rejects(see(at(right + NOTICE_MS - 1), removal), early)
  await see(at(right + NOTICE_MS), removal)
})

test('what was noted for a notice goes with it', async () => {
  const { notice, removal } = await noticeAndRemoval()
  const { client, at } = await phone()
  await noteLook(client)
  const writes = await watch(client, notice)
  const ended = await watch(at(NOW + NOTICE_MS), removal)
  assert.equal(writes.length, 1)
  assert.deepEqual(ended, [{ key: writes[0]?.key, value: undefined }])
})

test('a link may be dated a day ahead, and no more', async () => {
  const { family, mum } = await wholeFamily()
  const { client, at } = await phone()
  const later = copyOf(family)
  const ahead = standing(family, mum.device, NOW + DAY)
  append(later, await proposeRotate(ahead, family.household.principal))
  const served = newest(family, later)
  await see(client, served)
  await assert.rejects(see(at(NOW - 1), served), { code: 'tampered', reason: 'time-ahead' })
})
