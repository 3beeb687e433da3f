import {
  accountId,
  deviceId,
  householdId,
  inviteId,
  messageId,
  pairingId,
  principalId,
  requestId,
} from '../../src/protocol/ids.ts'

const BYTES = Uint8Array.from({ length: 16 }, (_, index) => index * 7)

/** A well-formed id of every kind, by the name its schema has in the API's description. */
export const ID_SAMPLES: Readonly<Record<string, string>> = {
  'account-id': accountId.from(BYTES),
  'device-id': deviceId.from(BYTES),
  'household-id': householdId.from(BYTES),
  'invite-id': inviteId.from(BYTES),
  'message-id': messageId.from(BYTES),
  'pairing-id': pairingId.from(BYTES),
  'principal-id': principalId.from(BYTES),
  'request-id': requestId.from(BYTES),
}
