import {
  deletionCertificate,
  deletionStatement,
  endHousehold,
  isSignedStatement,
  type DeletionCertificate,
  type DeletionStatement,
} from '../protocol/api/deletions.ts'
import { fromBase64url, toBase64url, toHex } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { guardiansOf, headOf, type Household } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { householdOver, readFamily } from './family.ts'
import { pullLog } from './pull-log.ts'

const CERTIFICATE = 'deletion'

/** What the server signed, and what it says. */
export type Deletion = {
  readonly certificate: DeletionCertificate
  readonly statement: DeletionStatement
}

/** Whether this device may end the family: it is the only guardian's. */
export async function mayEndFamily(client: Client): Promise<boolean> {
  const { household, person } = await readFamily(client)
  return guardiansOf(household).every(({ id }) => id === person)
}

/**
 * Ends the family for everybody: the server deletes all that it has of it, for ever, and says so
 * with its signature. What devices received stays on them. Throws `guardians-left` while there is
 * another guardian, `proof-needed`, and `tampered` (`certificate`) for an answer that is about
 * another household, or that nobody signed.
 */
export async function endFamily(client: Client): Promise<Deletion> {
  return client.exclusively(async () => {
    const { household, device } = await pullLog(client)
    const head = toBase64url(headOf(household).hash)
    const input = { params: { household: household.id }, body: { head } }
    const certificate = await client.api.call(endHousehold, input, device)
    await client.store.write([
      householdOver(client.now()),
      { key: CERTIFICATE, value: certificate },
    ])
    const statement = demandAbout(certificate, household)
    client.changed('family')
    client.changed('session')
    return { certificate, statement }
  })
}

/** What the server signed when this device ended its family; nothing where another one did. */
export async function deletionOf(client: Client): Promise<Deletion | undefined> {
  const certificate = await client.store.get(CERTIFICATE, deletionCertificate)
  if (!certificate) return undefined
  return { certificate, statement: readStatement(certificate.statement) }
}

function demandAbout(
  { statement: text, key, signature }: DeletionCertificate,
  household: Household,
): DeletionStatement {
  const isSigned = isSignedStatement(text, fromBase64url(signature), fromBase64url(key))
  const statement = readStatement(text)
  const { hash, seq } = headOf(household)
  const isOurs =
    statement.household === household.id &&
    statement.head === toHex(hash) &&
    statement.links === seq + 1
  if (!isSigned || !isOurs) throw new PawpostError('tampered', 'certificate')
  return statement
}

function readStatement(text: string): DeletionStatement {
  try {
    return deletionStatement.parse(JSON.parse(text))
  } catch (cause) {
    throw new PawpostError('tampered', 'certificate', { cause })
  }
}
