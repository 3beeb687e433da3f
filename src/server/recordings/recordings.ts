import type { HouseholdId, MessageId } from '../../protocol/ids.ts'
import type { Executor } from '../platform/statements.ts'
import { insertRecording, readRecording } from './store.ts'

/** Names a recording: that of a message of a household. */
export type RecordingKey = { readonly household: HouseholdId; readonly message: MessageId }

/**
 * Keeps the ciphertext of a message in the message's own transaction: either both last, or none.
 * It was checked before that the envelope describes it, its size included.
 */
export function keepRecording(
  transaction: Executor,
  key: RecordingKey,
  ciphertext: Uint8Array,
): Promise<void> {
  return insertRecording(transaction, key, ciphertext)
}

/** The ciphertext of a message. Whether the caller may have it is the mailbox's to say. */
export function findRecording(db: Executor, key: RecordingKey): Promise<Uint8Array | undefined> {
  return readRecording(db, key)
}
