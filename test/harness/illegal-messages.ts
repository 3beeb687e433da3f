import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { randomBytes } from '../../src/keys/device.ts'
import { proposeRemove, proposeRevokeDevice } from '../../src/keys/links.ts'
import type { Arrived } from '../../src/keys/message.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { concatBytes } from '../../src/protocol/bytes.ts'
import { headOf, type Head } from '../../src/protocol/log/household.ts'
import type { MessageRefusal } from '../../src/protocol/message/refusals.ts'
import type { Received } from '../../src/protocol/message/verify.ts'
import { counted, addDevice, admit, append, foundFamily, newDevice, standing } from './family.ts'
import { flipped, lengthened } from './forgery.ts'
import type { Whole } from './illegal-links.ts'
import {
  addressed,
  newMessageId,
  NOTHING_RECEIVED,
  post,
  recipientOf,
  voice,
  type Lies,
} from './letters.ts'

/** A message that mum's device refuses, for exactly this reason. */
export type IllegalMessage = {
  readonly reason: MessageRefusal
  readonly what: string
  readonly forge: (whole: Whole) => Promise<Arrived>
  /** What mum's device received before. */
  readonly received?: Received
}

/** Grandma says something to the household and to her own other devices; the lies are hers. */
export function fromGrandma({ family, grandma }: Whole, lies: Lies = {}): Promise<Arrived> {
  const to = [family.household.principal, grandma.person]
  return post(family, { by: grandma.device, to }, lies)
}

/** Grandma's message on its way, changed by the server: it does not open anything. */
async function relabelled(whole: Whole, change: (arrived: Arrived) => Arrived): Promise<Arrived> {
  return change(await fromGrandma(whole))
}

/** A file for the household made with the age library directly, as anybody can who knows it. */
async function fileFor(whole: Whole, more: (encrypter: Encrypter) => void): Promise<Arrived> {
  const encrypter = new Encrypter()
  more(encrypter)
  const file = await encrypter.encrypt(new Uint8Array(4096))
  return fromGrandma(whole, { ciphertext: () => file, outer: { size: 4096 } })
}

function outer(what: string, lies: Lies['outer']): IllegalMessage {
  return {
    reason: 'outer-malformed',
    what,
    forge: (whole) => fromGrandma(whole, { outer: lies ?? {} }),
  }
}

/** The envelope and the file: what the server could check too. */
export const ILLEGAL_ENVELOPES: readonly IllegalMessage[] = [
  outer('another version', { v: 2 }),
  outer('no addressee', { to: [] }),
  outer('a size that is no bucket', { size: 5000 }),
  outer('an id of another kind', { mid: `inv-${'A'.repeat(22)}` }),
  outer('a hash of another length', { sha256: new Uint8Array(31) }),
  outer('an unknown expiry', { expiry: 'never' }),
  {
    reason: 'outer-malformed',
    what: 'one addressee twice',
    forge: (whole) => {
      const { principal } = whole.family.household
      return fromGrandma(whole, { outer: { to: [principal, principal] } })
    },
  },
  {
    reason: 'outer-malformed',
    what: 'a byte behind the envelope',
    forge: (whole) =>
      relabelled(whole, (arrived) => ({ ...arrived, envelope: lengthened(arrived.envelope) })),
  },
  {
    reason: 'too-large',
    what: 'a file beyond the largest',
    forge: (whole) =>
      fromGrandma(whole, {
        ciphertext: (file) => concatBytes(file, new Uint8Array(288 * 1024 + 1 - file.length)),
      }),
  },
  {
    reason: 'outer-mismatch',
    what: 'another file than the envelope says',
    forge: (whole) =>
      relabelled(whole, ({ envelope, ciphertext }) => ({
        envelope,
        ciphertext: flipped(ciphertext, ciphertext.length - 1),
      })),
  },
  {
    reason: 'outer-mismatch',
    what: 'a size larger than the file',
    forge: (whole) => fromGrandma(whole, { outer: { size: 65_536 } }),
  },
  {
    reason: 'outer-mismatch',
    what: 'a size smaller than what is inside',
    forge: (whole) => {
      const plaintext = (honest: Uint8Array): Uint8Array =>
        concatBytes(honest, new Uint8Array(16_384 - honest.length))
      return fromGrandma(whole, { plaintext, outer: { size: 4096 } })
    },
  },
  {
    reason: 'outer-mismatch',
    what: 'a reader more than the envelope names',
    forge: (whole) => {
      const { family, grandma, toy } = whole
      const to = [family.household.principal, grandma.person, toy.person]
      return fromGrandma(whole, { sealedTo: to.map((pid) => recipientOf(family, pid)) })
    },
  },
  {
    reason: 'recipient-type',
    what: 'bytes that are no age file',
    forge: (whole) => fromGrandma(whole, { ciphertext: () => randomBytes(9000) }),
  },
  {
    reason: 'recipient-type',
    what: 'a header without an end',
    forge: (whole) =>
      fromGrandma(whole, { ciphertext: (file) => concatBytes(file.slice(0, 200), zeros(9000)) }),
  },
  {
    reason: 'recipient-type',
    what: 'a classic recipient beside the hybrid one, which the library would let pass',
    forge: async (whole) => {
      const classic = await identityToRecipient(await generateX25519Identity())
      return fileFor(whole, (encrypter) => {
        encrypter.addRecipient(recipientOf(whole.family, whole.family.household.principal))
        encrypter.addRecipient(classic)
      })
    },
  },
  {
    reason: 'recipient-type',
    what: 'classic recipients alone',
    forge: async (whole) => {
      const classic = await identityToRecipient(await generateX25519Identity())
      return fileFor(whole, (encrypter) => {
        encrypter.addRecipient(classic)
        encrypter.addRecipient(classic)
      })
    },
  },
  {
    reason: 'recipient-type',
    what: 'a passphrase',
    forge: (whole) =>
      fileFor(whole, (encrypter) => {
        encrypter.setScryptWorkFactor(1)
        encrypter.setPassphrase('teddy')
      }),
  },
  {
    reason: 'undecryptable',
    what: 'a file made for others',
    forge: async (whole) => {
      const { kem } = await newDevice()
      return fromGrandma(whole, { sealedTo: [kem, kem] })
    },
  },
  {
    reason: 'undecryptable',
    what: 'one changed bit inside',
    forge: (whole) =>
      fromGrandma(whole, { ciphertext: (file) => flipped(file, file.length - 100) }),
  },
  {
    reason: 'undecryptable',
    what: 'a file cut short',
    forge: (whole) => {
      const plaintext = (honest: Uint8Array): Uint8Array =>
        concatBytes(honest, zeros(16_384 - honest.length))
      const ciphertext = (file: Uint8Array): Uint8Array => file.slice(0, -1)
      return fromGrandma(whole, { plaintext, ciphertext, outer: { size: 16_384 } })
    },
  },
  {
    reason: 'undecryptable',
    what: 'one changed bit of the header',
    forge: (whole) => fromGrandma(whole, { ciphertext: (file) => flipped(file, 60, 2) }),
  },
  {
    reason: 'padding-invalid',
    what: 'padding that is not zeros',
    forge: (whole) =>
      fromGrandma(whole, { plaintext: (honest) => flipped(honest, honest.length - 1) }),
  },
  {
    reason: 'padding-invalid',
    what: 'a length beyond the plaintext',
    forge: (whole) => fromGrandma(whole, { plaintext: (honest) => flipped(honest, 0, 255) }),
  },
  {
    reason: 'not-addressed',
    what: "an envelope for somebody else in mum's mailbox",
    forge: ({ family, mum, grandma }) => post(family, { by: mum.device, to: [grandma.person] }),
  },
]

function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

/** The signed message does not agree with its envelope, or with the log. */
export const ILLEGAL_CLAIMS: readonly IllegalMessage[] = [
  {
    reason: 'household-differs',
    what: 'a message signed for another household',
    forge: async (whole) =>
      fromGrandma(whole, { inner: { hid: (await foundFamily()).family.household.id } }),
  },
  {
    reason: 'household-differs',
    what: 'an envelope of another household',
    forge: async (whole) =>
      fromGrandma(whole, { outer: { hid: (await foundFamily()).family.household.id } }),
  },
  {
    reason: 'household-differs',
    what: 'a message of another household in an envelope of the same',
    forge: async (whole) => {
      const hid = (await foundFamily()).family.household.id
      return fromGrandma(whole, { inner: { hid }, outer: { hid } })
    },
  },
  {
    reason: 'id-differs',
    what: 'an old message under a new id',
    forge: (whole) => fromGrandma(whole, { outer: { mid: newMessageId() } }),
  },
  {
    reason: 'sender-differs',
    what: "one sender's message under another's name",
    forge: (whole) => fromGrandma(whole, { outer: { by: whole.dad.device.id } }),
  },
  ...(['dropped', 'added', 'moved', 'exchanged'] as const).map((how): IllegalMessage => ({
    reason: 'addressees-differ',
    what: `an envelope with an addressee ${how}`,
    forge: (whole) => {
      const { family, grandma, toy } = whole
      const [us, her, bear] = [family.household.principal, grandma.person, toy.person]
      const lists = {
        dropped: [us],
        added: [us, her, bear],
        moved: [her, us],
        exchanged: [us, bear],
      }
      const to = lists[how]
      const sealedTo = to.map((pid) => recipientOf(family, pid))
      return fromGrandma(whole, { sealedTo, outer: { to: addressed(family, to) } })
    },
  })),
  {
    reason: 'head-unknown',
    what: 'a head that we have not seen',
    forge: (whole) => {
      const { seq, hash } = headOf(whole.family.household)
      return fromGrandma(whole, { inner: { head: { seq: seq + 1, hash } } })
    },
  },
  {
    reason: 'fork',
    what: 'a head that is another one here',
    forge: (whole) => {
      const { seq } = headOf(whole.family.household)
      return fromGrandma(whole, { inner: { head: { seq, hash: randomBytes(32) } } })
    },
  },
  {
    reason: 'sender-unknown',
    what: 'a message injected by somebody who knows the recipient string',
    forge: async ({ family }) =>
      post(family, { by: await newDevice(), to: [family.household.principal] }),
  },
  {
    reason: 'sender-unknown',
    what: 'a message by the recovery card',
    forge: ({ family, card }) => post(family, { by: card, to: [family.household.principal] }),
  },
  {
    reason: 'sender-unknown',
    what: 'a sender who was not there yet at the head it names',
    forge: (whole) => fromGrandma(whole, { inner: { head: headAt(whole, 0) } }),
  },
  {
    reason: 'sender-revoked',
    what: 'a revoked device that names the newest head',
    forge: async (whole) => {
      const { family, grandma } = whole
      const phone = await addDevice(family, grandma.device)
      append(
        family,
        await proposeRevokeDevice(standing(family, grandma.device), phone.id, counted(5)),
      )
      return post(family, { by: phone, to: [family.household.principal] })
    },
  },
  {
    reason: 'sender-revoked',
    what: 'a revoked device that names an old head, past its last counter',
    forge: async (whole) => {
      const { family, grandma } = whole
      const phone = await addDevice(family, grandma.device)
      const head = headOf(family.household)
      append(
        family,
        await proposeRevokeDevice(standing(family, grandma.device), phone.id, counted(5)),
      )
      const inner = { head, n: 6 }
      return post(family, { by: phone, to: [family.household.principal] }, { inner })
    },
  },
  {
    reason: 'sender-revoked',
    what: 'a removed relative',
    forge: async (whole) => {
      const { family, mum, grandma } = whole
      const head = headOf(family.household)
      append(family, await proposeRemove(standing(family, mum.device), grandma.person, new Map()))
      const to = [family.household.principal]
      return post(family, { by: grandma.device, to }, { inner: { head } })
    },
  },
  {
    reason: 'addressee-unknown',
    what: 'an addressee nobody knows',
    forge: ({ family, dad }) => {
      const to = [family.household.principal, newPrincipalId()]
      const sealedTo = [recipientOf(family, family.household.principal), dad.device.kem]
      return post(family, { by: dad.device, to }, { sealedTo })
    },
  },
  {
    reason: 'addressee-unknown',
    what: 'an addressee who had left',
    forge: async ({ family, mum, dad, grandma }) => {
      append(family, await proposeRemove(standing(family, mum.device), grandma.person, new Map()))
      return post(family, { by: dad.device, to: [family.household.principal, grandma.person] })
    },
  },
  {
    reason: 'addressee-unknown',
    what: 'an addressee who was not there yet',
    forge: async ({ family, mum, dad }) => {
      const head = headOf(family.household)
      const aunt = await admit(family, mum, 'relative')
      const to = [family.household.principal, aunt.person]
      return post(family, { by: dad.device, to }, { inner: { head } })
    },
  },
  {
    reason: 'epoch-stale',
    what: 'an epoch that was replaced before',
    forge: (whole) => staleEpoch(whole, 1),
  },
  {
    reason: 'not-addressed',
    what: 'an epoch that does not exist, and that nobody holds',
    forge: (whole) => staleEpoch(whole, 3),
  },
  {
    reason: 'counter-replayed',
    what: "a counter that is not above the sender's last",
    forge: (whole) => fromGrandma(whole, { inner: { n: 7 } }),
    received: { ...NOTHING_RECEIVED, last: () => counted(7) },
  },
  {
    reason: 'message-replayed',
    what: 'an id that was received before',
    forge: (whole) => fromGrandma(whole),
    received: { ...NOTHING_RECEIVED, has: () => true },
  },
  {
    reason: 'too-large',
    what: 'a voice so large that no approval could embed it',
    forge: (whole) =>
      post(whole.family, {
        by: whole.grandma.device,
        to: [whole.family.household.principal],
        content: voice({ sound: zeros(253 * 1024) }),
      }),
  },
]

/** A head of this family's own history. */
function headAt({ family }: Whole, seq: number): Head {
  return { seq, hash: family.household.hashes[seq] ?? new Uint8Array() }
}

/** A message to the household under another epoch than the second, which is current. */
function staleEpoch({ family, grandma }: Whole, epoch: number): Promise<Arrived> {
  const pid = family.household.principal
  const rec = family.household.principals.get(pid)?.epochs[0]?.rec ?? ''
  const lies = { inner: { to: [{ pid, epoch }] }, sealedTo: [rec], signedTo: [rec] }
  return post(family, { by: grandma.device, to: [pid] }, lies)
}
