import assert from 'node:assert/strict'
import type { Client } from '../../src/client/client.ts'
import { append } from '../../src/client/append.ts'
import { rollBacks } from '../../src/client/heal/roll-backs.ts'
import { refusals } from '../../src/client/inbox.ts'
import { step } from '../../src/client/live.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { proposeAdd, proposeInvite } from '../../src/keys/links.ts'
import type { Arrived } from '../../src/keys/message.ts'
import { PawpostError, type ErrorCode } from '../../src/protocol/errors.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { askToJoin, NOW, stranger, type Family, type Party } from '../harness/family.ts'
import { post, type Letter, type Lies } from '../harness/letters.ts'
import { enlist, familyAt, letIn, startClient } from '../harness/member.ts'
import type { EvilServer } from './proxy.ts'

/** A guardian and a relative, each with an app of their own, on the server that may lie. */
export type Home = { readonly mum: Client; readonly grandma: Client }

export async function homeAt(server: EvilServer): Promise<Home> {
  const family = await familyAt(server)
  const home = { mum: startClient(family.mum), grandma: startClient(family.grandma) }
  await step(home.mum)
  return home
}

/** A second guardian comes. */
export async function dadAt(server: EvilServer, { mum, grandma }: Home): Promise<Client> {
  const dad = startClient(await enlist(server))
  await letIn(mum, dad, 'Paul', 'guardian')
  for (const client of [mum, grandma]) await step(client)
  return dad
}

/** The log as somebody knows it: all of it is public to the server. */
export async function logOf(client: Client): Promise<Household> {
  return (await pullLog(client)).household
}

/** A message as the server, or a member with a changed program, can make it. */
export async function forged(household: Household, letter: Letter, lies?: Lies): Promise<Arrived> {
  const family: Family = { household, links: [], wraps: new Map() }
  return post(family, letter, lies)
}

/** Enrols a toy, as the pairing of a later version will. */
export async function enrolToy(guardian: Client): Promise<Party> {
  const toy = await stranger()
  const id = inviteId.from(randomBytes(16))
  const key = await joinKey(randomBytes(16))
  const invitation = { id, role: 'toy', join: key.sig, expires: Date.now() + NOW } as const
  const { household } = await append(guardian, (standing) => proposeInvite(standing, invitation))
  const family: Family = { household, links: [], wraps: new Map() }
  const request = await askToJoin(family, { id, role: 'toy', key }, toy)
  await append(guardian, (standing, { keyring }) => proposeAdd(standing, keyring, request))
  return toy
}

/** The reasons for which a client put messages aside. */
export async function refusedBy(client: Client): Promise<readonly string[]> {
  return (await refusals(client)).map(({ reason }) => reason)
}

/** Demands that something ends in this code and this reason. */
export async function endsIn(
  attempt: Promise<unknown>,
  code: ErrorCode,
  reason: string,
): Promise<void> {
  const error: unknown = await attempt.then(
    () => assert.fail(`nobody noticed: expected ${reason}`),
    (cause: unknown) => cause,
  )
  assert.ok(error instanceof PawpostError, String(error))
  assert.deepEqual([error.code, error.reason], [code, reason])
}

/** The roll-backs that a client noticed: of what, how much it knew, how much was shown. */
export async function rollBacksOf(client: Client): Promise<readonly (string | number)[][]> {
  return (await rollBacks(client)).map(({ of, known, shown }) => [of, known, shown])
}
