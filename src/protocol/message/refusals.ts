import { PawpostError } from '../errors.ts'

/** Why a message is refused on receipt, in the order of the checks: one code per check. */
export const MESSAGE_REFUSALS = {
  'too-large': 'The ciphertext is larger than any honest one.',
  'outer-malformed': 'The outer envelope is not of the expected shape.',
  'outer-mismatch': 'The outer envelope does not describe this ciphertext.',
  'recipient-type': 'The file is not age, or names recipients of another type than the suite.',
  undecryptable: 'The file was not made for this device, or its bytes were changed.',
  'padding-invalid': 'The plaintext is not padded to its bucket with zeros.',
  'inner-malformed': 'The signed message is not strict CBOR of the expected shape.',
  'household-differs': 'The message was signed for another household.',
  'id-differs': 'The message was signed under another id than the envelope says.',
  'sender-differs': 'The message was signed for another sender than the envelope says.',
  'addressees-differ': 'The message was signed for other addressees than the envelope says.',
  'head-unknown': 'The sender knows links of the log that we do not: fetch them first.',
  fork: 'The sender sees another log than we do.',
  'sender-unknown': 'The sender was not enrolled at the head it names.',
  'sender-revoked': 'The sender was revoked before this message.',
  'sender-expired': 'The drop-box was to be used no longer.',
  'not-addressed': 'The message was not signed to anybody this device can read for.',
  'addressee-unknown': 'An addressee was no member at the head the message names.',
  'role-forbidden': 'The sender may not address these people, or not with this kind.',
  'child-unknown': 'No consent stood for the child at the head the message names.',
  'epoch-stale': 'An addressee is named with another epoch than the one of that time.',
  'signature-invalid': 'The signature does not fit the message, the sender and the recipients.',
  'counter-replayed': "The sender's counter did not grow.",
  'chain-broken':
    'The message does not follow the last one of its sender: somebody copied the device.',
  'message-replayed': 'A message of this id was received before.',
  'original-differs': 'A forward embeds another message than it names.',
} as const satisfies Record<string, string>

export type MessageRefusal = keyof typeof MESSAGE_REFUSALS

/** Refuses a message with its reason code. */
export function refuse(reason: MessageRefusal): never {
  throw new PawpostError('message-refused', reason)
}

/** Refuses a message unless `holds`. */
export function demand(holds: boolean, reason: MessageRefusal): asserts holds {
  if (!holds) refuse(reason)
}
