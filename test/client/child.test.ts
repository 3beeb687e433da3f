import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addChild, children } from '../../src/client/children.ts'
import {
  gate,
  handOver,
  hasCode,
  inHandsOf,
  leave,
  setCode,
  waitAfter,
} from '../../src/client/childs-lock.ts'
import { childsPost, childsSound, freeAnimal, heardByChild } from '../../src/client/childs-post.ts'
import type { Client } from '../../src/client/client.ts'
import { lastExport, noteExport, wasJustExported } from '../../src/client/exported.ts'
import { approve, reject } from '../../src/client/judging.ts'
import { step } from '../../src/client/live.ts'
import { putOnShelf, stories, storySound, takeOffShelf } from '../../src/client/stories.ts'
import { sendVoice } from '../../src/client/voices.ts'
import type { ChildId, MessageId } from '../../src/protocol/ids.ts'
import { familyAt, newRecording, startClient, type TestFamily } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const notApproved = { code: 'not-approved' }

describe('the child’s side of a family', () => {
  let server: TestServer
  let family: TestFamily
  let mum: Client
  let grandma: Client
  let child: ChildId
  let clock = Date.now()

  before(async () => {
    server = await startTestServer()
    family = await familyAt(server)
    mum = startClient(family.mum, { now: () => clock })
    grandma = startClient(family.grandma)
    await step(mum)
    const [first] = await children(mum)
    assert.ok(first)
    child = first.id
  })
  after(() => server.close())

  /** Grandma says something to the child; it is here, and waits. */
  async function said(): Promise<MessageId> {
    const { message } = await sendVoice(grandma, { ...newRecording(), to: 'child' })
    await step(grandma)
    await step(mum)
    clock = Math.max(clock + 1, Date.now())
    return message
  }
  const shown = async (of = child): Promise<MessageId[]> =>
    (await childsPost(mum, of)).flatMap(({ posts }) => posts.map(({ message }) => message))

  test('what waits, or was turned down, is not there and has no sound for the child', async () => {
    const waiting = await said()
    assert.deepEqual(await shown(), [])
    await assert.rejects(childsSound(mum, waiting), notApproved)
    await reject(mum, waiting)
    await step(mum)
    assert.deepEqual(await shown(), [])
    await assert.rejects(childsSound(mum, waiting), notApproved)
  })

  test('what was approved is there once, new until it was heard, and gone when it is taken back', async () => {
    const message = await said()
    await approve(mum, message)
    await step(mum)
    const [speaker, ...others] = await childsPost(mum, child)
    assert.ok(speaker)
    assert.deepEqual(others, [])
    assert.equal(speaker.name, 'Ilse')
    assert.equal(speaker.person, family.grandmaId)
    assert.equal(speaker.answersTo, family.grandmaId)
    assert.deepEqual(
      speaker.posts.map(({ fresh }) => fresh),
      [true],
    )
    assert.ok((await childsSound(mum, message)).length > 0)
    await heardByChild(mum, message)
    const [again] = await childsPost(mum, child)
    assert.deepEqual(
      again?.posts.map(({ fresh }) => fresh),
      [false],
    )
    assert.equal(again?.animal, speaker.animal)
    await reject(mum, message)
    await step(mum)
    assert.deepEqual(await shown(), [])
    await assert.rejects(childsSound(mum, message), notApproved)
  })

  test('another child of the family has another post', async () => {
    const other = await addChild(mum, { name: 'Ben' })
    await step(mum)
    const { message } = await sendVoice(mum, { ...newRecording(), to: other })
    await step(mum)
    assert.deepEqual(await shown(other), [message])
    assert.ok(!(await shown()).includes(message))
  })

  test('the shelf holds what a guardian put there, in its order, until it is taken off', async () => {
    const { message: first } = await sendVoice(mum, { ...newRecording(), to: child })
    const { message: second } = await sendVoice(mum, { ...newRecording(), to: 'household' })
    await step(mum)
    clock += 5
    await putOnShelf(mum, second)
    clock += 5
    await putOnShelf(mum, first)
    assert.deepEqual(
      (await stories(mum)).map(({ message }) => message),
      [second, first],
    )
    for (const message of [first, second]) assert.ok((await storySound(mum, message)).length > 0)
    await takeOffShelf(mum, second)
    assert.deepEqual(
      (await stories(mum)).map(({ message }) => message),
      [first],
    )
    await assert.rejects(storySound(mum, second), notApproved)
  })

  test('what waits cannot go on the shelf; what is turned down later is there no more', async () => {
    const { message } = await sendVoice(grandma, { ...newRecording(), to: child })
    await step(grandma)
    await step(mum)
    await assert.rejects(putOnShelf(mum, message), notApproved)
    await approve(mum, message)
    await step(mum)
    await putOnShelf(mum, message)
    assert.ok((await stories(mum)).some((story) => story.message === message))
    await reject(mum, message)
    await step(mum)
    assert.ok(!(await stories(mum)).some((story) => story.message === message))
    await assert.rejects(storySound(mum, message), notApproved)
  })

  test('the device stays in the child’s hands over a restart, until the digits are typed', async () => {
    assert.equal(await inHandsOf(mum), undefined)
    await handOver(mum, child)
    assert.equal(await inHandsOf(startClient(family.mum)), child)
    const { asks } = await gate(mum)
    assert.ok(asks.kind === 'words')
    assert.match(asks.digits, /^\d{4}$/)
    const wrong = asks.digits === '0123' ? '3210' : '0123'
    assert.equal(await leave(mum, wrong), 'wrong')
    const next = (await gate(mum)).asks
    assert.ok(next.kind === 'words')
    assert.equal(await leave(mum, next.digits), 'open')
    assert.equal(await inHandsOf(mum), undefined)
  })

  test('guessing is slowed down, whatever is typed then, over a restart, too', async () => {
    await handOver(mum, child)
    for (const guess of ['0000', '1111', '2222']) assert.equal(await leave(mum, guess), 'wrong')
    const { asks, waitMs } = await gate(startClient(family.mum, { now: () => clock }))
    assert.ok(asks.kind === 'words')
    assert.equal(waitMs, 15_000)
    assert.equal(await leave(mum, asks.digits), 'wait')
    clock += 15_000
    assert.equal(await leave(mum, '3333'), 'wrong')
    assert.equal((await gate(mum)).waitMs, 30_000)
    clock -= 24 * 60 * 60 * 1000
    assert.equal((await gate(mum)).waitMs, 0, 'a clock that was put back locks nobody out')
    clock += 24 * 60 * 60 * 1000 + 30_000
    const last = (await gate(mum)).asks
    assert.equal(await leave(mum, last.kind === 'words' ? last.digits : ''), 'open')
    assert.deepEqual([1, 2, 3, 4, 5, 99].map(waitAfter), [0, 0, 15_000, 30_000, 60_000, 300_000])
  })

  test('with digits of one’s own nothing is shown that opens', async () => {
    for (const bad of ['123', '12345', '12a4', '']) {
      await assert.rejects(setCode(mum, bad), { code: 'bad-request', reason: 'code' })
    }
    await setCode(mum, '4711')
    await handOver(mum, child)
    assert.deepEqual(await gate(mum), { asks: { kind: 'code' }, waitMs: 0 })
    for (const bad of ['٤٧١١', '4712', '']) assert.equal(await leave(mum, bad), 'wrong')
    clock += 15_000
    assert.equal(await leave(mum, '4711'), 'open')
    await setCode(mum, undefined)
    assert.equal(await hasCode(mum), false)
  })

  test('only a guardian hands over, and only to a child there is', async () => {
    await assert.rejects(handOver(grandma, child), { code: 'device-refused' })
    const stranger = `${child.slice(0, -1)}${child.endsWith('A') ? 'Q' : 'A'}` as ChildId
    await assert.rejects(handOver(mum, stranger), { code: 'not-found' })
    assert.equal(await inHandsOf(grandma), undefined)
  })

  test('an export is shown for a day', async () => {
    assert.equal(await wasJustExported(mum), false)
    await noteExport(mum)
    assert.equal(await lastExport(mum), clock)
    assert.equal(await wasJustExported(mum), true)
    clock += 24 * 60 * 60 * 1000
    assert.equal(await wasJustExported(mum), false)
  })

  test('eight people get eight animals, and one always asks for the same', () => {
    const taken = new Set<number>()
    for (let n = 0; n < 8; n++) taken.add(freeAnimal(`p-${n}`, taken))
    assert.equal(taken.size, 8)
    assert.equal(freeAnimal('p-1', new Set()), freeAnimal('p-1', new Set()))
    assert.ok(freeAnimal('p-9', taken) < 8)
  })
})
