import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { Household } from '../../../src/protocol/log/household.ts'
import { readLink, type LinkBody } from '../../../src/protocol/log/link.ts'
import type { Arguments } from '../../../src/protocol/log/ops.ts'
import { applyLink } from '../../../src/protocol/log/verify.ts'
import { asOwner } from '../../harness/stolen.ts'

/** What the log of each household says, read from the server's tables and verified from the start. */

type Server = { readonly data: string }

/**
 * The ops of each household, the oldest household first. Where it matters, an op says more: who is
 * invited, by what right somebody goes, that the recovery card signed, that a secret moved on.
 */
export async function opsOf({ data }: Server): Promise<readonly (readonly string[])[]> {
  const logs = await linksIn(data)
  return logs.map((links) => {
    let household: Household | undefined
    return links.map((link) => {
      household = applyLink(household, link)
      return said(readLink(link).body, household)
    })
  })
}

/**
 * Asserts that there are these households, and no other, each with exactly this log. What phones do by
 * themselves comes a moment after what a screen says: waits until there are so many links.
 */
export async function assertLogs(
  server: Server,
  ...expected: readonly (readonly string[])[]
): Promise<void> {
  const end = Date.now() + 30_000
  while ((await opsOf(server)).flat().length < expected.flat().length && Date.now() < end) {
    await setTimeout(200)
  }
  assert.deepEqual(await opsOf(server), expected)
}

/** The links of every household as the server keeps them. */
async function linksIn(data: string): Promise<readonly (readonly Uint8Array[])[]> {
  const { rows } = await asOwner(data, (client) =>
    client.query<{ household: string; link: Buffer }>(
      `SELECT encode(household, 'hex') AS household, link
       FROM links JOIN households USING (household) ORDER BY created_at, household, seq`,
    ),
  )
  const byHousehold = Map.groupBy(rows, ({ household }) => household)
  return [...byHousehold.values()].map((links) => links.map(({ link }) => Uint8Array.from(link)))
}

function said({ op, by, a }: LinkBody, household: Household): string {
  const signed = household.devices.get(by)?.card ? ', by card' : ''
  return `${op}${detail(op, a, household)}${signed}${op === 'rotate' ? '' : moves(a)}`
}

function detail(op: string, a: LinkBody['a'], household: Household): string {
  if (op === 'invite') return ` ${(a as Arguments<'invite'>).role}`
  if (op === 'notice' && !(a as Arguments<'notice'>).stands) return ' taken back'
  if (op !== 'remove') return ''
  const { role, ended } = household.principals.get((a as Arguments<'remove'>).person) ?? {}
  return ` ${role} by ${ended}`
}

function moves(a: LinkBody['a']): string {
  const { rotation, rotations = [] } = a as Partial<Arguments<'remove'> & Arguments<'card'>>
  return rotation !== undefined || rotations.length > 0 ? ', rotated' : ''
}
