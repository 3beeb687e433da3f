import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../client/messages.ts'
import type { Member } from '../../client/people.ts'
import { childId, messageId, principalId } from '../../protocol/ids.ts'
import { answerTo, childrenAnswering, deedsFor, listeners, losers } from './deeds.ts'

const id = (n: number) => new Uint8Array(16).fill(n)
const MIA = childId.from(id(1))
const person = (n: number, rest: Partial<Member>): Member => ({
  person: principalId.from(id(n)),
  name: '',
  role: 'relative',
  me: false,
  paused: false,
  ...rest,
})
const mum = person(3, { name: 'Mama', role: 'guardian', me: true })
const dad = person(4, { name: 'Papa', role: 'guardian' })
const grandma = person(5, { name: 'Grandma' })
const aunt = person(6, { name: 'Aunt' })
const tired = person(7, { name: 'Uncle', paused: true })
const toy = person(8, { role: 'toy' })
const people = [mum, dad, grandma, aunt, tired, toy]
const asMum = { reader: 'guardian', people } as const
const asGrandma = {
  reader: 'relative',
  people: [{ ...mum, me: false }, dad, { ...grandma, me: true }],
} as const

function said(by: Member, what: Partial<Message> = {}): Message {
  return {
    message: messageId.from(id(9)),
    kind: 'voice',
    from: { person: by.person, name: by.name, me: by.me },
    to: [{ child: MIA, name: 'Mia' }],
    at: 0,
    durationMs: 1000,
    state: 'waiting',
    heard: true,
    saved: false,
    ...what,
  }
}

test('what a guardian may do follows from where the message stands', () => {
  const to = (state: Message['state']) => deedsFor(said(grandma, { state }), asMum).join(' ')
  assert.equal(to('waiting'), 'reply reply-as pass-on save hide erase')
  assert.equal(to('approved'), 'reply reply-as to-toy pass-on save withdraw hide erase')
  assert.equal(to('rejected'), 'reply reply-as save approve hide erase')
  assert.equal(to('in-the-bear'), 'reply reply-as pass-on save hide erase')
  assert.equal(to('sending'), '')
  assert.equal(to('failed'), '')
  const saved = deedsFor(said(grandma, { saved: true }), asMum)
  assert.ok(saved.includes('let-go') && !saved.includes('save'))
})

test('a relative deletes for everybody only what is their own, and decides nothing', () => {
  const own = { ...said(grandma), from: { person: grandma.person, name: '', me: true } }
  assert.deepEqual(deedsFor({ ...own, state: 'approved' }, asGrandma), ['save', 'hide', 'erase'])
  const hers = { ...said(dad, { state: 'delivered' }) }
  assert.deepEqual(deedsFor(hers, asGrandma), ['reply', 'save', 'hide'])
})

test('an answer goes to who spoke: the child, the person, or for a relative the parents', () => {
  const re = messageId.from(id(9))
  const childs = said(mum)
  const spoken = { ...childs, from: { ...childs.from, child: { child: MIA, name: 'Mia' } } }
  assert.equal(answerTo(spoken, asMum), `/record/sender/${MIA}/${re}`)
  assert.equal(answerTo(spoken, asGrandma), `/record/sender/${MIA}/${re}`)
  assert.equal(answerTo(said(grandma), asMum), `/record/sender/${grandma.person}/${re}`)
  assert.equal(answerTo(said(dad), asGrandma), `/record/sender/household/${re}`)
  assert.equal(answerTo(said(mum), asMum), undefined)
  // Who left, or has no app, hears no answer.
  assert.equal(answerTo(said(person(99, {})), asMum), undefined)
  assert.deepEqual(
    childrenAnswering(said(grandma), asMum).map(({ path }) => path),
    [`/record/${MIA}/${grandma.person}/${re}`],
  )
  assert.deepEqual(childrenAnswering(said(grandma), asGrandma), [])
})

test('it is passed on to relatives who have not got it and take no break', () => {
  const names = (message: Message) => listeners(message, asMum).map(({ name }) => name)
  assert.deepEqual(names(said(grandma)), ['Aunt'])
  assert.deepEqual(names(said(mum)), ['Grandma', 'Aunt'])
  assert.deepEqual(names(said(mum, { to: [{ person: aunt.person, name: '' }] })), ['Grandma'])
})

test('before it is deleted for everybody, those who have it are named', () => {
  const names = (message: Message) => losers(message, asMum).map(({ name }) => name)
  assert.deepEqual(names(said(grandma)), ['Papa', 'Grandma'])
  assert.deepEqual(names(said(mum, { to: [{ person: aunt.person, name: '' }] })), ['Papa', 'Aunt'])
})
