import { z } from 'zod'
import { ascii, concatBytes } from '../bytes.ts'
import { verifySignature } from '../ed25519.ts'
import { householdId } from '../ids.ts'
import { base64, nothing, type Route, SIGNED_ERRORS } from './route.ts'

const DOMAIN = ascii('pawpost/deletion/v1\0')

/** What a server says that it deleted. */
export const deletionStatement = z.strictObject({
  v: z.literal(1),
  household: householdId.schema,
  /** How many links its log had, and the hash of the newest, in hexadecimal. */
  links: z.int().min(1),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  deletedAt: z.iso.datetime(),
  /** How many rows of each table were deleted. */
  deleted: z.record(z.string(), z.int().min(0)),
  keysDestroyed: z.literal(true),
  server: z.string(),
  note: z.string(),
})
export type DeletionStatement = z.infer<typeof deletionStatement>

/** The statement as it was signed, and the server's key and signature: whoever has all can check. */
export const deletionCertificate = z.strictObject({
  /** JSON, signed as it stands here. */
  statement: z
    .string()
    .max(64 * 1024)
    .regex(/^[ -~\n]*$/),
  key: base64(32, 32),
  signature: base64(64, 64),
})
export type DeletionCertificate = z.infer<typeof deletionCertificate>

/** The bytes that a server signs. */
export function signedStatementBytes(statement: string): Uint8Array<ArrayBuffer> {
  return concatBytes(DOMAIN, ascii(statement))
}

/** Whether a signature is the one of `key` for a statement. */
export function isSignedStatement(
  statement: string,
  signature: Uint8Array,
  key: Uint8Array,
): boolean {
  return verifySignature(signature, signedStatementBytes(statement), key)
}

export const endHousehold = {
  id: 'endHousehold',
  method: 'POST',
  path: '/api/households/:household/deletion',
  summary:
    'Delete a household for ever: its log, wraps, messages, recordings, and the keys that the server sealed them under. For a device of its only guardian, after a proof, who names the newest link. Answers with a signed certificate. The household can never be submitted again.',
  callers: ['device'],
  params: z.strictObject({ household: householdId.schema }),
  query: nothing,
  body: z.strictObject({ head: base64(32, 32) }),
  status: 200,
  response: deletionCertificate,
  errors: [...SIGNED_ERRORS, 'proof-needed', 'device-refused', 'guardians-left', 'log-conflict'],
} as const satisfies Route

export const deletionKey = {
  id: 'deletionKey',
  method: 'GET',
  path: '/api/deletions/key',
  summary: 'The key by which this server signs what it deleted.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ key: base64(32, 32) }),
  errors: [],
} as const satisfies Route
