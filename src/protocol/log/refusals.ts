import { PawpostError } from '../errors.ts'

/** Why a link is refused: one code per check, so that no check can be lost unnoticed. */
export const LOG_REFUSALS = {
  'link-too-large': 'The link is larger than any honest one.',
  'link-malformed': 'The link is not strict CBOR of the expected shape.',
  'op-unknown': 'No such op exists.',
  'genesis-expected': 'The first link of a log is a genesis link, and it is numbered 0.',
  'genesis-repeated': 'A log has one genesis link.',
  'household-differs': 'The link belongs to another household.',
  'sequence-gap': 'The link does not carry the next number.',
  'predecessor-differs': 'The link does not follow the head of this log.',
  'signer-unknown': 'The signer was never enrolled.',
  'signer-revoked': 'The signer was revoked.',
  'signature-invalid': 'The signature does not fit the bytes and the signer.',
  'arguments-malformed': 'The arguments are not of the shape the op wants.',
  'role-forbidden': 'The signer may not do this.',
  'key-weak': 'A public key is not canonical or of small order.',
  'device-known': 'The device was enrolled before.',
  'device-unknown': 'No such device is enrolled.',
  'principal-known': 'The principal exists already.',
  'principal-unknown': 'No such principal exists.',
  'recipient-reused': 'The recipient is in use already.',
  'invite-known': 'An invitation of this id exists already.',
  'invite-unknown': 'No such invitation exists.',
  'invite-used': 'The invitation was used.',
  'invite-cancelled': 'The invitation was cancelled.',
  'invite-expired': 'The invitation is too old.',
  'join-key-reused': 'The one-time key of an invitation is used a second time.',
  'request-malformed': 'The request to join is not of the expected shape.',
  'request-elsewhere': 'The request to join was made for another household.',
  'join-signature-invalid': 'The request was not signed by the key of the invitation.',
  'device-signature-invalid': 'The new device did not sign its own enrolment.',
  'card-signature-invalid': 'The recovery card did not sign the household it opens.',
  'rotation-missing': 'Holders shrink or grow and the rotation is not there.',
  'rotation-unexpected': 'A rotation is there that the op does not want.',
  'rotation-epoch': 'A rotation does not carry the next epoch.',
  'wraps-incomplete': 'A holder would get no wrap.',
  'wraps-foreign': 'Somebody who is no holder would get a wrap.',
  'grant-missing': 'The new device would not get what its person holds.',
  'grant-unknown': 'A grant names an epoch or a holder that does not exist.',
  'grant-repeated': 'A grant gives a device what it has already.',
  'holders-too-many': 'More devices would hold a secret than one rotation can name.',
  'last-device': 'A person keeps at least one device; remove the person instead.',
  'last-guardian': 'A household keeps at least one guardian.',
  'quorum-required': 'Too few guardians agree.',
  'consent-malformed': 'What guardians agreed to is not of the expected shape.',
  'consent-differs': 'The guardians agreed to something else, or elsewhere.',
  'consent-expired': 'The agreement of the guardians is too old.',
  'consent-used': 'The agreement of the guardians was used before.',
  'consent-foreign': 'Somebody who has no say in it consents.',
  'consent-invalid': 'The signature of a consent does not fit its guardian and purpose.',
  'notice-needless': 'This person can leave or be removed without a notice.',
  'notice-known': 'The notice stands already.',
  'notice-unknown': 'No such notice stands.',
  'notice-running': 'The notice has not stood for 72 hours.',
  'epoch-unknown':
    'No such epoch can be closed: it is the newest, not made yet, or closed already.',
  'epoch-closed': 'The epoch was closed for ever.',
  'shred-early': 'The household keeps these messages longer.',
  'suite-unknown': 'No such suite exists; a newer version may know it.',
  'suite-downgrade': 'A household does not go back to an older suite, or to the one it has.',
  'child-known': 'A child of this id exists already, or did.',
  'child-unknown': 'No consent stands for this child.',
  'children-too-many': 'A household has room for 32 children.',
  'counters-incomplete': 'The last counters do not name exactly the devices that leave.',
} as const satisfies Record<string, string>

export type LogRefusal = keyof typeof LOG_REFUSALS

/** Refuses a link with its reason code. */
export function refuse(reason: LogRefusal): never {
  throw new PawpostError('log-refused', reason)
}

/** Refuses a link unless `holds`. */
export function demand(holds: boolean, reason: LogRefusal): asserts holds {
  if (!holds) refuse(reason)
}
