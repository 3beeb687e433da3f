import { refused } from '../../src/client/alarms.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks, readFamily } from '../../src/client/family.ts'
import { messages } from '../../src/client/messages.ts'
import { whereAmI } from '../../src/client/session.ts'
import { secretsOf } from '../../src/keys/keyring.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import { membersOf, type Household } from '../../src/protocol/log/household.ts'

/** What an app believes: what it would show, play, and use. */
export type Belief = {
  readonly inside: boolean
  readonly links: number
  readonly members: readonly string[]
  readonly keys: readonly string[]
  readonly messages: readonly string[]
  /** What it refused, as `code/reason`, each once. */
  readonly refused: readonly string[]
}

export async function beliefOf(client: Client): Promise<Belief> {
  const codes = (await refused(client)).map(({ code, reason }) => `${code}/${reason ?? ''}`)
  const nothing = { inside: false, links: 0, members: [], keys: [], messages: [] }
  const known = { ...nothing, refused: [...new Set(codes)].toSorted() }
  try {
    const inside = ['guardian', 'relative'].includes(await whereAmI(client))
    return inside ? { ...known, inside, ...(await familyOf(client)) } : known
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    // An app without its checks has kept a log that no honest one would.
    return { ...known, links: (await keptLinks(client)).length }
  }
}

async function familyOf(client: Client): Promise<Omit<Belief, 'inside' | 'refused'>> {
  const { household, keyring } = await readFamily(client)
  return {
    links: household.hashes.length,
    members: namesOf(household),
    keys: secretsOf(keyring).map(({ of, epoch }) => `${of} ${epoch}`),
    messages: (await messages(client)).map(({ message }) => message).toSorted(),
  }
}

export function namesOf(household: Household): readonly string[] {
  return membersOf(household)
    .map(({ id, role }) => `${role} ${id}`)
    .toSorted()
}
