import { sha256 } from '@noble/hashes/sha2.js'
import { consent, writePurpose } from '../../src/keys/governing.ts'
import { seal, open, type Sealed } from '../../src/keys/message.ts'
import { secretsOf } from '../../src/keys/keyring.ts'
import type { Device } from '../../src/keys/device.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import type { ChildId, MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type {
  Body,
  Content,
  ProfileChild,
  ProfilePerson,
} from '../../src/protocol/message/kinds.ts'
import { BUCKETS, readFrame } from '../../src/protocol/message/outer.ts'
import { keyringOf, NOW } from '../../test/harness/family.ts'
import {
  about,
  childOf,
  newMessageId,
  NOTHING_RECEIVED,
  THE_CHILD,
  voice,
} from '../../test/harness/letters.ts'
import { deviceOf } from '../../test/harness/vectors/check-log.ts'
import type { MessageVector, MessageVectors } from '../../test/harness/vectors/shapes.ts'
import { told } from '../../test/harness/vectors/told.ts'
import { reasonOf } from '../../test/harness/vectors/verdicts.ts'
import type { Story } from './cast.ts'
import { answering, noted, passedOn } from './kept.ts'
import { approvals, damaged, refusedMessages } from './refusals.ts'
import { drawFrom } from './random.ts'

/** The vectors, and the ciphertexts by the names of their files. */
export type Written = {
  readonly vectors: MessageVectors
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** A message to be written. `content` may embed what was written before, by name. */
export type Letter = {
  readonly name: string
  readonly what: string
  readonly by: Device
  readonly at: Household
  readonly to: readonly PrincipalId[]
  readonly content: (sent: Sent) => Content
  /** Whose devices are asked; everybody's when left out. */
  readonly readers?: readonly string[]
}
export type Sent = (name: string) => Sealed & { readonly mid: MessageId }

type Desk = {
  readonly story: Story
  readonly messages: MessageVector[]
  readonly files: Map<string, Uint8Array>
  /** The newest counter and hash of each device. */
  readonly last: Map<string, { readonly n: number; readonly hash: Uint8Array }>
  readonly sent: Map<string, ReturnType<Sent>>
}

/** `messages.json`: every kind and size, who opens what, and a message for every refusal. */
export async function messageVectors(story: Story): Promise<Written> {
  const desk: Desk = {
    story,
    messages: [],
    files: new Map(),
    last: new Map(),
    sent: new Map(),
  }
  drawFrom('messages')
  const letters = [
    ...spoken(story),
    ...decided(story),
    ...passedOn(story),
    ...noted(story),
    ...answering(story),
    ...spokenLater(story),
    ...sizes(story),
  ]
  for (const letter of letters) await write(desk, letter)
  for (const letter of await agreed(story)) await write(desk, letter)
  const { whole } = story
  const secrets = secretsOf(await keyringOf(whole.family, whole.mum.device))
  const vectors = {
    messages: desk.messages,
    damaged: damaged(desk.files),
    secrets: secrets.map((one) => ({ ...one, secret: toBase64url(one.secret) })),
    refused: await refusedMessages(story),
    approvals: await approvals(story),
  }
  return { vectors, files: desk.files }
}

function spoken({ whole }: Story): readonly Letter[] {
  const { mum, grandma, toy } = whole
  const at = whole.family.household
  const us = at.principal
  return [
    {
      name: 'voice',
      what: "a relative's voice for the child, waiting for approval",
      by: grandma.device,
      at,
      to: [us, grandma.person],
      content: () => voice(),
    },
    {
      name: 'answer',
      what: "the child's answer, with the toy's own recording",
      by: mum.device,
      at,
      to: [us, grandma.person],
      content: answer,
    },
    {
      name: 'profile',
      what: 'names',
      by: mum.device,
      at,
      to: [grandma.person],
      content: () => profile(childOf(at), [mum.person, grandma.person]),
    },
    {
      name: 'played',
      what: 'the toy has played a message',
      by: toy.device,
      at,
      to: [us],
      content: (sent) => receipt('played', sent('voice').mid),
    },
  ]
}

function decided({ whole }: Story): readonly Letter[] {
  const { dad, grandma, toy } = whole
  const at = whole.family.household
  const us = at.principal
  return [
    {
      name: 'forward',
      what: 'a guardian approves the voice',
      by: dad.device,
      at,
      to: [us, toy.person],
      content: (sent) => {
        const { mid: of, original } = sent('voice')
        return { kind: 'forward', body: { of, why: 'approve', original } }
      },
    },
    {
      name: 'receipt',
      what: 'the relative is told',
      by: dad.device,
      at,
      to: [grandma.person],
      content: (sent) => receipt('approved', sent('voice').mid),
    },
    {
      name: 'erase',
      what: 'a wish to forget',
      by: dad.device,
      at,
      to: [us, toy.person],
      content: (sent) => ({ kind: 'erase', body: { of: sent('voice').mid } }),
    },
  ]
}

function spokenLater({ whole, family, tablet, withTablet }: Story): readonly Letter[] {
  const us = family.household.principal
  return [
    {
      name: 'tablet',
      what: 'a voice of a device that was ended later, within its counters',
      by: tablet,
      at: withTablet,
      to: [us, whole.mum.person],
      content: () => voice(),
    },
    {
      name: 'rotated',
      what: 'a voice after the household moved on',
      by: whole.mum.device,
      at: family.household,
      to: [us],
      content: () => voice(),
    },
  ]
}

/** One voice for each bucket, as large as fits. */
function sizes({ family, whole }: Story): readonly Letter[] {
  return BUCKETS.map((bucket) => ({
    name: `size-${bucket / 1024}`,
    what: `a voice in the bucket of ${bucket / 1024} KiB`,
    by: whole.mum.device,
    at: family.household,
    to: [family.household.principal],
    readers: ['mum', 'toy'],
    content: () => {
      const length = Math.min(bucket, 252 * 1024) - 600
      return voice({ sound: new Uint8Array(length).fill(bucket / 1024) })
    },
  }))
}

/** How guardians agree: one asks, the other consents. */
async function agreed({ whole }: Story): Promise<readonly Letter[]> {
  const { mum, dad } = whole
  const at = whole.family.household
  const policy = { approval: true, retention: 30, trusted: [] }
  const purpose = writePurpose(at.id, { op: 'policy', policy }, NOW)
  const { s } = await consent(dad.device, purpose)
  const to = [at.principal]
  return [
    {
      name: 'purpose',
      what: 'a guardian asks the other one to agree to keep messages for 30 days',
      by: mum.device,
      at,
      to,
      content: () => ({ kind: 'purpose', body: { purpose } }),
    },
    {
      name: 'consent',
      what: 'and the other one agrees',
      by: dad.device,
      at,
      to,
      content: () => ({ kind: 'consent', body: { purpose: sha256(purpose), s } }),
    },
  ]
}

function receipt(event: Body<'receipt'>['event'], of: MessageId): Content {
  return { kind: 'receipt', body: { of, event } }
}

function answer(): Content {
  const raw = { codec: 'sonix-msadpcm/raw', bytes: new Uint8Array(20).fill(5) } as const
  return voice({ author: THE_CHILD, raw, sound: new Uint8Array(30).fill(6) })
}

function profile(child: ChildId, people: readonly PrincipalId[]): Content {
  const named = people.map((person, at) => ({ person, name: ['Änne', '李奶奶'][at] ?? '' }))
  const span = { from: 1170, to: 390 }
  const known: ProfileChild = {
    id: child,
    name: 'Zoë',
    plush: 'bear',
    pet: 'Tatze',
    birthday: { month: 2, day: 29 },
    quiet: { zone: 'Europe/Berlin', school: span, volume: 20 },
  }
  const told = named.map((one, at): ProfilePerson =>
    at === 0 ? one : { ...one, relation: 'grandmother', children: [child] },
  )
  return { kind: 'profile', body: { children: [known], people: told } }
}

async function write(desk: Desk, letter: Letter): Promise<void> {
  const { name, what, by, at, to, content, readers: asked } = letter
  const { n, hash: prev } = desk.last.get(by.id) ?? { n: 0, hash: new Uint8Array(32) }
  const mid = newMessageId()
  const sent: Sent = (other) => desk.sent.get(other) ?? fail(other)
  const said = { mid, to, content: about(at, content(sent)), at: NOW, n: n + 1, prev }
  const sealed = await seal(at, by, said)
  const { frame, hash, original } = sealed
  desk.last.set(by.id, { n: n + 1, hash })
  desk.sent.set(name, { ...sealed, mid })
  const { envelope, ciphertext } = readFrame(frame)
  desk.files.set(`${name}.age`, ciphertext)
  const { verdicts: readers, inner } = await readersOf(desk.story, { envelope, ciphertext }, asked)
  desk.messages.push({
    what,
    by: desk.story.devices.find(({ id }) => id === by.id)?.name ?? '',
    envelope: toBase64url(envelope),
    file: `${name}.age`,
    signed: toBase64url(hash),
    signature: toBase64url(original.s),
    inner: told(inner),
    readers,
  })
}

function fail(name: string): never {
  throw new Error(`${name} was not written yet`)
}

async function readersOf(
  { family, devices }: Story,
  arrived: { envelope: Uint8Array; ciphertext: Uint8Array },
  asked: readonly string[] = devices.map(({ name }) => name),
): Promise<{ verdicts: Record<string, string>; inner: unknown }> {
  const verdicts: Record<string, string> = {}
  let inner: unknown
  for (const vector of devices.filter(({ name }) => asked.includes(name))) {
    const keyring = await keyringOf(family, await deviceOf(vector))
    const reason = await reasonOf(async () => {
      inner = (await open(family.household, keyring, arrived, NOTHING_RECEIVED)).inner
    })
    verdicts[vector.name] = reason === 'accepted' ? 'opens' : reason
  }
  return { verdicts, inner }
}
