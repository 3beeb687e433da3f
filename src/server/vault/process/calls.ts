import { z } from 'zod'
import { bytes } from '../../../protocol/cbor.ts'
import { isErrorCode, type ErrorCode } from '../../../protocol/errors.ts'
import { accountId, deviceId, householdId, principalId } from '../../../protocol/ids.ts'
import { COLUMNS, REASONS } from '../accounts.ts'
import type { Vault } from '../vault.ts'
import { MAX_FRAME } from './frames.ts'

/**
 * The vault's door as it is spoken over a socket: what each call takes and gives. CBOR knows no
 * `undefined`: null stands for it. Lengths are bounded by the frame alone, so that nothing a person
 * types is ever taken for a broken caller.
 */

/** What stands in a frame for arguments and for what comes back. */
type Call<F> = F extends (...args: infer Args) => Promise<infer Result>
  ? { readonly takes: z.ZodType<Args>; readonly gives: z.ZodType<Result> }
  : never

const anyBytes = bytes(0, MAX_FRAME)
const text = z.string()
const account = accountId.schema
const accounts = z.array(account)
const household = householdId.schema
const nothing = z.null().transform(() => undefined)

function maybe<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema.nullable().transform((value) => value ?? undefined)
}

const sealed = z.strictObject({ account, sealed: anyBytes })
const sealedIn = z.strictObject({ account, sealed: anyBytes, column: z.enum(COLUMNS) })
const indexes = z.array(z.strictObject({ kv: z.int().min(1), index: bytes(16) }))
const imported = z.strictObject({ account, address: text, hash: text })
const invitation = z.strictObject({ account, address: text })
const sealedAccount = z.strictObject({
  account,
  index: z.strictObject({ kv: z.int().min(1), index: bytes(16) }),
  address: anyBytes,
  password: anyBytes,
})
const verdict = z.strictObject({ matches: z.boolean(), renewed: anyBytes.exactOptional() })
const times = z.strictObject({ now: z.int(), last: z.int() })

const terms = z.strictObject({
  seconds: z.int().min(0),
  urgency: z.enum(['very-low', 'low', 'normal', 'high']),
  topic: text,
  contact: text,
})
const pushName = { household, device: deviceId.schema }
const mailName = { household, person: principalId.schema }
const browser = z.strictObject({ endpoint: text, p256dh: bytes(65), auth: bytes(16) })
const sealedPush = z.strictObject({ ...pushName, sealed: anyBytes })
const sealedMail = z.strictObject({ ...mailName, sealed: anyBytes })
const prepared = z.strictObject({
  endpoint: text,
  headers: z.array(z.tuple([text, text])),
  body: anyBytes,
})

const epoch = { principal: principalId.schema, epoch: z.int().min(1), device: deviceId.schema }
const signing = z.literal('deletion')
const openWraps = z.array(z.strictObject({ ...epoch, wrap: anyBytes }))
const sealedWraps = z.array(z.strictObject({ ...epoch, sealed: anyBytes }))
const closed = z.array(z.strictObject({ principal: principalId.schema, below: z.int().min(1) }))

export const CALLS: { readonly [Name in keyof Vault]: Call<Vault[Name]> } = {
  newAccountIds: { takes: z.tuple([z.int().min(0).max(10_000)]), gives: accounts },
  indexesOf: { takes: z.tuple([text]), gives: indexes },
  indexesOfAll: { takes: z.tuple([z.array(text)]), gives: z.array(indexes) },
  deviceTag: { takes: z.tuple([text]), gives: bytes(16) },
  sealAddress: { takes: z.tuple([account, text]), gives: anyBytes },
  openAddress: { takes: z.tuple([sealed, z.enum(REASONS)]), gives: text },
  reindex: { takes: z.tuple([sealed]), gives: indexes },
  hashPassword: { takes: z.tuple([account, text]), gives: anyBytes },
  importAccounts: { takes: z.tuple([z.array(imported)]), gives: z.array(sealedAccount) },
  sealInvitations: { takes: z.tuple([z.array(invitation)]), gives: z.array(anyBytes) },
  verifyPassword: { takes: z.tuple([maybe(sealed), text]), gives: verdict },
  newTotp: {
    takes: z.tuple([account]),
    gives: z.strictObject({ secret: anyBytes, sealed: anyBytes }),
  },
  checkTotp: { takes: z.tuple([sealed, text, times]), gives: maybe(z.int()) },
  reseal: { takes: z.tuple([z.array(sealedIn)]), gives: z.array(maybe(anyBytes)) },
  renewKeys: { takes: z.tuple([accounts]), gives: nothing },
  retireKeys: { takes: z.tuple([accounts]), gives: nothing },
  forgetAccounts: { takes: z.tuple([accounts]), gives: nothing },
  sealWraps: { takes: z.tuple([household, openWraps]), gives: sealedWraps },
  openWraps: { takes: z.tuple([household, sealedWraps]), gives: openWraps },
  closeEpochs: { takes: z.tuple([household, closed]), gives: nothing },
  forgetHousehold: { takes: z.tuple([household]), gives: nothing },
  renewShredKeys: { takes: z.tuple([household]), gives: nothing },
  resealWraps: { takes: z.tuple([household, sealedWraps]), gives: sealedWraps },
  retireShredKeys: { takes: z.tuple([household]), gives: nothing },
  pushKey: { takes: z.tuple([]), gives: bytes(65) },
  sealBrowser: { takes: z.tuple([z.strictObject(pushName), browser]), gives: anyBytes },
  preparePush: { takes: z.tuple([sealedPush, terms]), gives: prepared },
  sealMailLink: { takes: z.tuple([z.strictObject(mailName), account]), gives: anyBytes },
  openMailLink: { takes: z.tuple([sealedMail]), gives: account },
  resealBrowsers: { takes: z.tuple([z.array(sealedPush)]), gives: z.array(maybe(anyBytes)) },
  resealMailLinks: { takes: z.tuple([z.array(sealedMail)]), gives: z.array(maybe(anyBytes)) },
  sign: { takes: z.tuple([signing, anyBytes]), gives: bytes(64) },
  signingKey: { takes: z.tuple([signing]), gives: bytes(32) },
  beginRotation: { takes: z.tuple([]), gives: z.int().min(1) },
  endRotation: { takes: z.tuple([]), gives: nothing },
}

export type CallName = keyof typeof CALLS
export const CALL_NAMES = Object.keys(CALLS) as CallName[]

export const request = z.strictObject({
  id: z.int().min(0),
  call: z.enum(CALL_NAMES),
  args: z.array(z.unknown()),
})

/** Of an error nothing crosses but its code and reason. */
export const answer = z.union([
  z.strictObject({ id: z.int().min(0), value: z.unknown() }),
  z.strictObject({
    id: z.int().min(0),
    code: z.custom<ErrorCode>(isErrorCode),
    reason: z.string().nullable(),
  }),
])

/** Values as a frame holds them: null for undefined. */
export function plain(values: readonly unknown[]): unknown[] {
  return values.map((value) => value ?? null)
}
