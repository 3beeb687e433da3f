import { z } from 'zod'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { PawpostError } from '../../protocol/errors.ts'
import {
  accountId,
  deviceId,
  householdId,
  principalId,
  type AccountId,
  type DeviceId,
  type HouseholdId,
  type PrincipalId,
} from '../../protocol/ids.ts'
import type { Log } from '../platform/log.ts'
import { open, seal, versionOf, type Place, type VersionedKey } from './aead.ts'
import type { Budget } from './budget.ts'
import type { NoticeKeys } from './notice-keys.ts'

/** Whose browser it is. */
export type PushName = { readonly household: HouseholdId; readonly device: DeviceId }
/** Whose mail it is. */
export type MailName = { readonly household: HouseholdId; readonly person: PrincipalId }

/** A browser as its push service knows it: the address, and what messages are encrypted for it with. */
export type Browser = {
  readonly endpoint: string
  readonly p256dh: Uint8Array
  readonly auth: Uint8Array
}

export type SealedPush = PushName & { readonly sealed: Uint8Array }
export type SealedMail = MailName & { readonly sealed: Uint8Array }

/** How long a push service keeps a push, in seconds, and what it may know of it. */
export type PushTerms = {
  readonly seconds: number
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high'
  /** Of several with the same, it keeps the newest. */
  readonly topic: string
  /** Where whoever runs a push service reaches us: a URL of https or mailto. */
  readonly contact: string
}

/** A push, ready to be posted. */
export type PreparedPush = {
  readonly endpoint: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** The vault's door for telling people that post came. No key comes out of it. */
export interface NoticeVault {
  /** The public key that browsers subscribe with. */
  pushKey(): Promise<Uint8Array>
  sealBrowser(name: PushName, browser: Browser): Promise<Uint8Array>
  /**
   * A push to a browser: encrypted for it (RFC 8291), signed by us (RFC 8292). It holds the same
   * whatever it is for. Throws `internal` (`vault-sealed`).
   */
  preparePush(kept: SealedPush, terms: PushTerms): Promise<PreparedPush>
  /** Which account a person is mailed at. */
  sealMailLink(name: MailName, account: AccountId): Promise<Uint8Array>
  /** Within a budget. Throws `busy` (`link-budget`) and `internal` (`vault-sealed`). */
  openMailLink(kept: SealedMail): Promise<AccountId>
  /**
   * Seals values anew under the newest key; those that are come back as they were, and undefined
   * stands for one that does not open.
   */
  resealBrowsers(kept: readonly SealedPush[]): Promise<readonly (Uint8Array | undefined)[]>
  /** As `resealBrowsers`. */
  resealMailLinks(kept: readonly SealedMail[]): Promise<readonly (Uint8Array | undefined)[]>
}

/** What is in a push: nothing, always as much of it. */
const NOTHING = Buffer.alloc(32)
/** Bytes that an address is filled up to: its length would tell whose browser it is. */
const ENDPOINT_BYTES = 1024

const browser = z.strictObject({
  endpoint: bytes(ENDPOINT_BYTES),
  p256dh: bytes(65),
  auth: bytes(16),
})
const mailLink = z.strictObject({ account: accountId.schema })

export type NoticeVaultParts = {
  readonly keys: NoticeKeys
  readonly budget: Budget
  readonly log: Log
}

export function noticeVaultOf({ keys, budget, log }: NoticeVaultParts): NoticeVault {
  async function sealAt(place: Place, value: unknown): Promise<Uint8Array> {
    const newest = (await keys.keys()).at(-1)
    if (!newest) throw new PawpostError('internal', 'vault-keyless')
    return seal(newest, place, toCbor(value))
  }

  async function openAt<S extends z.ZodType>(
    place: Place,
    sealed: Uint8Array,
    schema: S,
  ): Promise<z.output<S>> {
    const plain = open(await keys.keys(), place, sealed)
    if (!plain) throw new PawpostError('internal', 'vault-sealed')
    return fromCbor(plain, schema, 'internal', 'vault-sealed')
  }

  async function resealAll(
    values: readonly { readonly place: Place; readonly sealed: Uint8Array }[],
  ): Promise<(Uint8Array | undefined)[]> {
    const known = await keys.keys()
    return values.map(({ place, sealed }) => resealOne(known, place, sealed))
  }

  return {
    pushKey: async () => (await keys.pair()).publicKey,
    sealBrowser: (name, { endpoint, p256dh, auth }) => {
      return sealAt(pushPlace(name), { endpoint: filled(endpoint), p256dh, auth })
    },
    async preparePush(kept, terms) {
      const { endpoint, ...to } = await openAt(pushPlace(kept), kept.sealed, browser)
      return encrypted({ ...to, endpoint: textOf(endpoint) }, terms, await keys.pair())
    },
    sealMailLink: (name, account) => sealAt(mailPlace(name), { account }),
    async openMailLink(kept) {
      budget.spend()
      const { household, person } = kept
      log.info({ household, person }, 'opened the link of a person to an account')
      return (await openAt(mailPlace(kept), kept.sealed, mailLink)).account
    },
    resealBrowsers: (kept) =>
      resealAll(kept.map((each) => ({ place: pushPlace(each), sealed: each.sealed }))),
    resealMailLinks: (kept) =>
      resealAll(kept.map((each) => ({ place: mailPlace(each), sealed: each.sealed }))),
  }
}

function resealOne(
  known: readonly VersionedKey[],
  place: Place,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const newest = known.at(-1)
  if (newest?.kv === versionOf(sealed)) return sealed
  const plain = open(known, place, sealed)
  return plain && newest && seal(newest, place, plain)
}

async function encrypted(
  { endpoint, p256dh, auth }: Browser,
  { seconds, urgency, topic, contact }: PushTerms,
  pair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array },
): Promise<PreparedPush> {
  // Seldom needed, and slow to load.
  const { default: webPush } = await import('web-push')
  const subscription = { endpoint, keys: { p256dh: letters(p256dh), auth: letters(auth) } }
  const made = webPush.generateRequestDetails(subscription, NOTHING, {
    TTL: seconds,
    urgency,
    topic,
    contentEncoding: 'aes128gcm',
    vapidDetails: {
      subject: contact,
      publicKey: letters(pair.publicKey),
      privateKey: letters(pair.privateKey),
    },
  })
  const headers = Object.entries<string | number>(made.headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  )
  return { endpoint, headers, body: made.body ?? NOTHING }
}

/** Zeros behind it: no address has any. Throws `bad-request` for one that is too long. */
function filled(endpoint: string): Uint8Array {
  const text = Buffer.from(endpoint)
  if (text.length > ENDPOINT_BYTES) throw new PawpostError('bad-request', 'endpoint')
  return Uint8Array.from([...text, ...new Uint8Array(ENDPOINT_BYTES - text.length)])
}

function textOf(endpoint: Uint8Array): string {
  return Buffer.from(endpoint).toString().replace(/\0+$/, '')
}

function letters(raw: Uint8Array): string {
  return Buffer.from(raw).toString('base64url')
}

/** Two rows whose values changed places do not open. */
function pushPlace({ household, device }: PushName): Place {
  return ['push', householdId.bytes(household), deviceId.bytes(device)]
}

function mailPlace({ household, person }: MailName): Place {
  return ['mail', householdId.bytes(household), principalId.bytes(person)]
}
