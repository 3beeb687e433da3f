import { sha256 } from '@noble/hashes/sha2.js'
import { consent, proposePolicy, proposeSuite, writePurpose } from '../keys/governing.ts'
import { proposeRemove, type Proposal, type Standing } from '../keys/links.ts'
import { sameBytes, toBase64url } from '../protocol/bytes.ts'
import { toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import type { Wanted } from '../protocol/log/consent.ts'
import { append, OWN_WISH } from './append.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { receive } from './inbox.ts'
import { lastsOf } from './leaving.ts'
import { enqueue, type Letter } from './outbox.ts'
import {
  basisWrite,
  consentWrite,
  electorateFor,
  isAsAgreed,
  isGuardian,
  isReached,
  openMotions,
  purposeWrites,
  wantedOf,
  type Motion,
} from './purposes.ts'
import type { Write } from './store.ts'

/** How guardians agree: one asks, the others consent, and whoever sees that it is enough does it. */

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** Something that guardians are asked to agree to. */
export type Question = {
  /** What {@link agree} takes. */
  readonly purpose: string
  /** Who asks. */
  readonly by: PrincipalId
  readonly wants: Wanted
  /** Milliseconds since 1970. */
  readonly at: number
  readonly expires: number
  readonly agreed: readonly PrincipalId[]
  /** How many have to agree. */
  readonly needed: number
  /** Where this guardian stands; `no-say`: it is about them, or about somebody who came before. */
  readonly mine: 'asked' | 'agreed' | 'no-say'
}

/** What waits for guardians to agree, oldest first. Empty for who is no guardian. */
export async function questions(client: Client): Promise<readonly Question[]> {
  const { household, person } = await readFamily(client)
  if (!isGuardian(household, person)) return []
  const motions = await openMotions(client, household)
  const asked = motions.map(async (motion) => ({
    purpose: motion.key,
    by: motion.by,
    wants: wantedOf(motion.purpose),
    at: motion.at,
    expires: motion.purpose.expires,
    agreed: motion.agreed,
    needed: motion.electorate.needed,
    mine: await standpoint(client, { household, person }, motion),
  }))
  return (await Promise.all(asked)).toSorted((a, b) => a.at - b.at)
}

/** Whoever agreed before other rules were decided is asked again. */
async function standpoint(
  client: Client,
  { household, person }: Pick<Family, 'household' | 'person'>,
  motion: Motion,
): Promise<Question['mine']> {
  const isOld = (await isAsAgreed(client, household, motion)) === false
  if (motion.agreed.includes(person) && !isOld) return 'agreed'
  return motion.electorate.voters.some(({ id }) => id === person) ? 'asked' : 'no-say'
}

/**
 * Asks the guardians to agree to something, for a week, and agrees to it oneself where one has a
 * say. It is done as soon as enough agree, which may be at once. Asked again, it is the same
 * question; gives its id, or nothing when it is so already.
 *
 * Throws `device-refused` for who is no guardian, `not-found` for the removal of who is no guardian,
 * and `log-refused` (`quorum-required`) where no agreement is enough: the guardian to be removed came
 * before too many others.
 */
export async function propose(
  client: Client,
  wanted: Wanted,
): Promise<{ purpose: string | undefined }> {
  return client.exclusively(async () => {
    await receive(client)
    const family = await guardianFamily(client)
    if (wanted.op === 'remove' && !family.household.principals.has(wanted.person)) {
      throw new PawpostError('not-found')
    }
    if (isReached(family.household, wanted)) return { purpose: undefined }
    demandPossible(family, wanted)
    const before = await asked(client, family, wanted)
    if (before) await consentTo(client, family, before)
    const purpose = before?.key ?? (await ask(client, family, wanted))
    await carryOutAgreed(client)
    return { purpose }
  })
}

/**
 * Agrees to what another guardian asked, and does it if that is enough. Throws `not-found` for what
 * is not asked any more, and `device-refused` (`no-say`) for who has no say in it.
 */
export async function agree(client: Client, purpose: string): Promise<void> {
  await client.exclusively(async () => {
    await receive(client)
    const family = await guardianFamily(client)
    const motions = await openMotions(client, family.household)
    const motion = motions.find(({ key }) => key === purpose)
    if (!motion) throw new PawpostError('not-found')
    const mine = await consentTo(client, family, motion)
    if (mine === 'no-say') throw new PawpostError('device-refused', 'no-say')
    await carryOutAgreed(client)
  })
  client.changed('family')
}

/** Agrees, where one is asked. Gives where one stood before. */
async function consentTo(
  client: Client,
  family: Family,
  motion: Motion,
): Promise<Question['mine']> {
  const mine = await standpoint(client, family, motion)
  if (mine !== 'asked') return mine
  const { letter, writes } = await consenting(client, family, motion.bytes)
  await enqueue(client, [letter], writes)
  return mine
}

/**
 * Carries out what enough guardians agreed to, if this person is one of them. Several devices may
 * try at the same time: one of them is first, and the others find it done. What the log refuses, such
 * as a suite that nobody knows, stays a question: it keeps nobody from going on. Rules are carried out
 * by devices that agreed to them, and only while they change what they were agreed to change.
 */
export async function carryOutAgreed(client: Client): Promise<void> {
  const { household, person } = await readFamily(client)
  for (const { key } of (await openMotions(client, household)).filter(isAgreed(person))) {
    await append(client, async (standing, family) => {
      const motions = await openMotions(client, family.household)
      const motion = motions.filter(isAgreed(person)).find((one) => one.key === key)
      if (!motion || !(await isAsAgreed(client, family.household, motion))) return undefined
      return carriedOut(client, { standing, family }, motion)
    }).catch(ignoreRefusal)
    client.changed('family')
  }
}

function ignoreRefusal(error: unknown): void {
  const isRefusal = error instanceof PawpostError && error.code === 'log-refused'
  if (!isRefusal) throw error
}

function isAgreed(me: PrincipalId): (motion: Motion) => boolean {
  return ({ agreed, electorate }) => agreed.includes(me) && agreed.length >= electorate.needed
}

async function carriedOut(
  client: Client,
  { standing, family }: { standing: Standing; family: Family },
  { bytes, purpose, consents: by }: Motion,
): Promise<Proposal> {
  const consents = { purpose: bytes, by: [...by] }
  if (purpose.op === 'policy') return proposePolicy(standing, purpose.policy, consents)
  if (purpose.op === 'suite') return proposeSuite(standing, purpose.suite, consents)
  const lasts = await lastsOf(client, family, purpose.person)
  return proposeRemove(standing, purpose.person, lasts, consents)
}

async function guardianFamily(client: Client): Promise<Family> {
  const family = await readFamily(client)
  if (!isGuardian(family.household, family.person)) throw new PawpostError('device-refused')
  return family
}

function demandPossible({ household }: Family, wanted: Wanted): void {
  const electorate = electorateFor(household, wanted)
  if (electorate && electorate.voters.length < electorate.needed) {
    throw new PawpostError('log-refused', 'quorum-required', { cause: OWN_WISH })
  }
}

/** The question that this person asked already, perhaps just before the app was killed. */
async function asked(client: Client, family: Family, wanted: Wanted): Promise<Motion | undefined> {
  const bytes = toCbor(wanted)
  const motions = await openMotions(client, family.household)
  return motions.find(
    ({ by, purpose }) => by === family.person && sameBytes(toCbor(wantedOf(purpose)), bytes),
  )
}

async function ask(client: Client, family: Family, wanted: Wanted): Promise<string> {
  const { household, person } = family
  const at = client.now()
  const purpose = writePurpose(household.id, wanted, at + WEEK_MS)
  const question: Letter = {
    to: [household.principal],
    at,
    content: { kind: 'purpose', body: { purpose } },
  }
  const writes = await purposeWrites(client, purpose, { person, at })
  const speaks = electorateFor(household, wanted)?.voters.some(({ id }) => id === person)
  const own = speaks ? [await consenting(client, family, purpose)] : []
  await enqueue(
    client,
    [question, ...own.map(({ letter }) => letter)],
    [...writes, ...own.flatMap((one) => one.writes)],
  )
  return toBase64url(sha256(purpose))
}

/** This device's consent: the letter that tells the others, and the entries that it keeps. */
async function consenting(
  client: Client,
  { household, device }: Family,
  bytes: Uint8Array,
): Promise<{ letter: Letter; writes: readonly Write[] }> {
  const { s } = await consent(device, bytes)
  const body = { purpose: sha256(bytes), s }
  const letter: Letter = {
    to: [household.principal],
    at: client.now(),
    content: { kind: 'consent', body },
  }
  const basis = basisWrite(toBase64url(body.purpose), household.policy)
  return { letter, writes: [consentWrite(body, device.id), basis] }
}
