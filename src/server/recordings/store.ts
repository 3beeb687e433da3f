import { householdId, messageId, type HouseholdId, type MessageId } from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'

type Key = { readonly household: HouseholdId; readonly message: MessageId }

const insert = statement<never>(
  'insert-recording',
  'INSERT INTO recordings (household, message, ciphertext) VALUES ($1, $2, $3)',
)

const select = statement<{ ciphertext: Uint8Array }>(
  'recording',
  'SELECT ciphertext FROM recordings WHERE household = $1 AND message = $2',
)

export async function insertRecording(
  on: Executor,
  { household, message }: Key,
  ciphertext: Uint8Array,
): Promise<void> {
  await insert(on, householdId.bytes(household), messageId.bytes(message), ciphertext)
}

export async function readRecording(
  on: Executor,
  { household, message }: Key,
): Promise<Uint8Array | undefined> {
  const [row] = await select(on, householdId.bytes(household), messageId.bytes(message))
  return row?.ciphertext
}
