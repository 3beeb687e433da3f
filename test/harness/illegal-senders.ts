import { randomBytes } from '../../src/keys/device.ts'
import { proposeBox } from '../../src/keys/enrolling.ts'
import { proposeRevokeDevice } from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { headOf } from '../../src/protocol/log/household.ts'
import { addDevice, append, counted, newDevice, NOW, standing } from './family.ts'
import { fromGrandma, type IllegalMessage } from './illegal-messages.ts'
import { newMessageId, NOTHING_RECEIVED, post, recipientOf, THE_CHILD, voice } from './letters.ts'

/** Cloned phones and drop-boxes. */
export const ILLEGAL_SENDERS: readonly IllegalMessage[] = [
  {
    reason: 'chain-broken',
    what: "the next counter, and another message before it than the sender's last: a cloned phone",
    forge: (whole) => fromGrandma(whole, { inner: { n: 8, prev: randomBytes(32) } }),
    received: { ...NOTHING_RECEIVED, last: () => counted(7) },
  },
  {
    reason: 'sender-revoked',
    what: "another message in the place of a revoked device's last one",
    forge: async (whole) => {
      const { family, grandma } = whole
      const phone = await addDevice(family, grandma.device)
      const head = headOf(family.household)
      const at = standing(family, grandma.device)
      append(family, await proposeRevokeDevice(at, phone.id, counted(5)))
      const inner = { head, n: 5 }
      return post(family, { by: phone, to: [family.household.principal] }, { inner })
    },
  },
  {
    reason: 'addressees-differ',
    what: 'an envelope that names an older epoch than the one that was signed',
    forge: async ({ family, grandma }) => {
      const pid = family.household.principal
      const [first] = family.household.principals.get(pid)?.epochs ?? []
      const current = recipientOf(family, pid)
      const outer = { to: [{ pid, epoch: 1 }] }
      const lies = { outer, sealedTo: [first?.rec ?? ''], signedTo: [current] }
      return post(family, { by: grandma.device, to: [pid] }, lies)
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a drop-box that says what a child would say',
    forge: async ({ family, mum }) => {
      const box = await newDevice()
      const opened = { id: newPrincipalId(), expires: NOW }
      append(family, await proposeBox(standing(family, mum.device), box, opened))
      const content = voice({ author: THE_CHILD })
      return post(family, { by: box, to: [family.household.principal], content })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a drop-box that wishes to forget',
    forge: async ({ family, mum }) => {
      const box = await newDevice()
      const opened = { id: newPrincipalId(), expires: NOW }
      append(family, await proposeBox(standing(family, mum.device), box, opened))
      const content = { kind: 'erase', body: { of: newMessageId() } } as const
      return post(family, { by: box, to: [family.household.principal], content })
    },
  },
  {
    reason: 'sender-expired',
    what: 'a drop-box after its last moment',
    forge: async ({ family, mum }) => {
      const box = await newDevice()
      const opened = { id: newPrincipalId(), expires: NOW - 1 }
      append(family, await proposeBox(standing(family, mum.device), box, opened))
      return post(family, { by: box, to: [family.household.principal] })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a drop-box that writes to a relative',
    forge: async ({ family, mum, grandma }) => {
      const box = await newDevice()
      const opened = { id: newPrincipalId(), expires: NOW }
      append(family, await proposeBox(standing(family, mum.device), box, opened))
      return post(family, { by: box, to: [family.household.principal, grandma.person] })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a drop-box that agrees to something',
    forge: async ({ family, mum }) => {
      const box = await newDevice()
      const opened = { id: newPrincipalId(), expires: NOW }
      append(family, await proposeBox(standing(family, mum.device), box, opened))
      const body = { purpose: randomBytes(32), s: randomBytes(64) }
      const content = { kind: 'consent', body } as const
      return post(family, { by: box, to: [family.household.principal], content })
    },
  },
  {
    reason: 'addressee-unknown',
    what: 'a message to a drop-box, which receives nothing',
    forge: async ({ family, mum }) => {
      const id = newPrincipalId()
      const box = await newDevice()
      append(family, await proposeBox(standing(family, mum.device), box, { id, expires: NOW }))
      const to = [family.household.principal, id]
      const sealedTo = [recipientOf(family, family.household.principal), mum.device.kem]
      return post(family, { by: mum.device, to }, { sealedTo, signedTo: sealedTo })
    },
  },
]
