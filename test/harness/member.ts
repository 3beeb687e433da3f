import { randomBytes } from 'node:crypto'
import { fetchWithCookies } from '../../src/cli/client/cookies.ts'
import { createApi } from '../../src/client/api.ts'
import { withAlarms } from '../../src/client/alarms.ts'
import { oneAtATime, type Client } from '../../src/client/client.ts'
import { createHousehold } from '../../src/client/household.ts'
import { invite } from '../../src/client/invitations.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { members } from '../../src/client/people.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { confirmAddress, signUp } from '../../src/client/session.ts'
import { encryptedStore, type KeyValueStore, type Store } from '../../src/client/store.ts'
import { generateSeeds, loadDevice } from '../../src/keys/device.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from './account.ts'
import { memoryStore, newStorageKey, type MemoryStore } from './memory-store.ts'

/** A server, as far as being its client goes. */
export type Target = { readonly origin: string; mails(): Promise<string[]> }

/** What outlives an app that is killed: its keys and its storage. */
export type Installation = {
  readonly origin: string
  readonly raw: MemoryStore
  readonly storageKey: CryptoKey
  readonly seeds: ReturnType<typeof generateSeeds>
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** What a test puts between a client and the world. */
export type Between = {
  readonly raw?: (raw: KeyValueStore) => KeyValueStore
  readonly store?: (store: Store) => Store
  readonly fetch?: (fetch: Fetch) => Fetch
  readonly now?: () => number
}

export async function newInstallation(origin: string): Promise<Installation> {
  return { origin, raw: memoryStore(), storageKey: await newStorageKey(), seeds: generateSeeds() }
}

/** The app, started on an installation: nothing of an earlier start is left but what was stored. */
export function startClient(installation: Installation, between: Between = {}): Client {
  const { origin, storageKey, seeds } = installation
  const { raw = same, store: wrapped = same, fetch: wired = same, now = Date.now } = between
  const store = wrapped(encryptedStore(raw(installation.raw), storageKey))
  const device = loadDevice(seeds)
  return withAlarms({
    origin,
    api: createApi(origin, wired(fetchWithCookies(store)), now),
    store,
    keeper: { device: () => device },
    now,
    exclusively: oneAtATime(),
    changed: () => undefined,
  })
}

function same<T>(it: T): T {
  return it
}

/** Opens an account for an installation and confirms its address. */
export async function enlist(
  server: Target,
  { email = freshAddress(), password = GOOD_PASSWORD } = {},
): Promise<Installation> {
  const installation = await newInstallation(server.origin)
  const client = startClient(installation)
  await signUp(client, { email, password })
  await confirmAddress(client, await newestCode(server, email))
  return installation
}

export type Names = { readonly child: string; readonly mum: string; readonly grandma: string }

const NAMES: Names = { child: 'Zebulon', mum: 'Ruth', grandma: 'Ilse' }

export type TestFamily = {
  readonly mum: Installation
  readonly grandma: Installation
  /** Grandma's person. */
  readonly grandmaId: PrincipalId
}

/** A guardian with a household of their own. */
export async function foundAt(
  server: Target,
  names: Pick<Names, 'child' | 'mum'> = NAMES,
): Promise<Installation> {
  const mum = await enlist(server)
  await createHousehold(startClient(mum), { child: names.child, name: names.mum })
  return mum
}

/** A guardian with a household and a relative who was let in, through the client's own functions. */
export async function familyAt(server: Target, names = NAMES): Promise<TestFamily> {
  const mum = await foundAt(server, names)
  const grandma = await enlist(server)
  const joiner = startClient(grandma)
  const grandmaId = await letIn(startClient(mum), joiner, names.grandma, 'relative')
  return { mum, grandma, grandmaId }
}

/** Invites a person and lets them in; gives the person's id. */
export async function letIn(
  guardian: Client,
  joiner: Client,
  name: string,
  role: 'relative' | 'guardian',
): Promise<PrincipalId> {
  const { link } = await invite(guardian, { role, name })
  const { request } = await join(joiner, { link, name })
  await waitingRequests(guardian)
  const state = await joining(joiner)
  const digits = await guardianDigits(guardian, request)
  if (state?.digits !== digits) throw new Error('the digits differ')
  await admit(guardian, request, digits)
  await step(guardian)
  await joining(joiner)
  await step(joiner)
  const me = (await members(joiner)).find((one) => one.me)
  if (!me) throw new Error('nobody was let in')
  return me.person
}

let spoken = 0

/** A recording like no other, told apart by its duration. */
export function newRecording(size = 400): { sound: Uint8Array<ArrayBuffer>; durationMs: number } {
  spoken += 1
  return { sound: Uint8Array.from(randomBytes(size)), durationMs: 1000 + (spoken % 30_000) }
}
