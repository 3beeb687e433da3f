/**
 * The closed vocabulary of errors. Every boundary (HTTP, Bluetooth, storage, crypto) maps what it
 * meets onto one of these codes in exactly one place; anything else is `internal` and says nothing.
 *
 * `status` is the HTTP status the server answers with (0: never sent by the server).
 * `says` is what a person reads: what happened, and what to do.
 */
export const ERRORS = {
  // What the caller sent
  'bad-request': { status: 400, says: 'This request was not understood.' },
  'too-large': { status: 413, says: 'This is too large to send.' },
  'unsupported-type': { status: 415, says: 'This kind of content is not accepted here.' },
  'not-found': { status: 404, says: 'This is not here, or not for you.' },
  'too-many': { status: 429, says: 'Too many tries in a row. Please wait a minute and try again.' },
  busy: { status: 503, says: 'Pawpost is busy right now. Please try again in a moment.' },
  timeout: { status: 408, says: 'This took too long. Please try again.' },
  'origin-refused': { status: 403, says: 'This request came from another site and was refused.' },
  internal: { status: 500, says: 'Something went wrong on our side. Nothing of yours was lost.' },

  // Accounts and sessions
  'sign-in-needed': { status: 401, says: 'Please sign in.' },
  'sign-in-refused': {
    status: 401,
    says: 'The address or the password is not right, or there were too many tries: then your mail says more.',
  },
  'second-factor-needed': {
    status: 403,
    says: 'The password is right. Now please prove with your second factor that it is you.',
  },
  'factor-refused': {
    status: 403,
    says: 'That did not work. Please try once more, or use another way to prove that it is you.',
  },
  'second-step-late': {
    status: 0,
    says: 'This sign-in waited five minutes, or for too many wrong codes. Please sign in again.',
  },
  'second-step-in-app': {
    status: 0,
    says: 'The second step of this account is a passkey, which cannot be used here. Please use a recovery code, or sign in with the app.',
  },
  'proof-needed': {
    status: 403,
    says: 'Before this change, please prove once more that it is you.',
  },
  'second-factor-required': {
    status: 403,
    says:
      'Here everybody signs in with a second step: an authenticator app or a passkey. Please add ' +
      'one first, and keep one.',
  },
  'factor-last': {
    status: 409,
    says: 'Your password is short, so a second factor has to stay. Choose a longer one first.',
  },
  'address-unconfirmed': {
    status: 403,
    says: 'Please confirm your address first: we have sent you a code.',
  },
  'code-wrong': {
    status: 403,
    says: 'This code is not right, or it is too old. Ask for a new one.',
  },
  'password-wrong': { status: 403, says: 'This is not the password that you have now.' },
  'address-invalid': { status: 422, says: 'This does not look like an e-mail address.' },
  'password-short': {
    status: 422,
    says: 'This password is too short. A few words in a row are long, and easy to remember.',
  },
  'password-long': { status: 422, says: 'Please use at most 256 characters.' },
  'password-common': {
    status: 422,
    says: 'This password is on a list that thieves try first. Please choose another one.',
  },
  'password-context': {
    status: 422,
    says: 'Please do not use your address or the name of this service as your password.',
  },
  'password-breached': {
    status: 422,
    says:
      'This password was stolen somewhere and is on a list that thieves try. ' +
      'Please choose another one, here and wherever else you use it.',
  },
  'password-must-change': {
    status: 403,
    says:
      'This password is too short, or on a list that thieves try. We have sent you a mail: ' +
      'please choose a new one with it.',
  },
  'password-plain': {
    status: 422,
    says:
      'Whoever runs this service asks for a mix of small letters, capital letters, digits and ' +
      'signs, and perhaps for no character three times in a row.',
  },

  // Lists of breached passwords, on the operator's machine
  'breach-list-unreadable': {
    status: 0,
    says: 'This list of breached passwords cannot be used: it is missing, damaged or no such list.',
  },
  'breach-list-unconfirmed': {
    status: 0,
    says: 'With 8 bits one good password in 256 is a false alarm: name a sorted list to confirm.',
  },

  'breach-upstream-silent': {
    status: 0,
    says: 'The service that was asked about breached passwords gave no answer that can be used.',
  },

  // The key plane
  'device-refused': { status: 403, says: 'This device may not do that.' },
  'signature-refused': { status: 401, says: 'This request was not signed by your device.' },
  'clock-wrong': {
    status: 401,
    says: 'The clock of this device is wrong by more than five minutes. Please set it.',
  },
  'log-conflict': { status: 409, says: 'Somebody else changed the family a moment ago.' },
  'log-refused': { status: 422, says: 'This change of the family was refused.' },
  'message-refused': { status: 422, says: 'This message was refused.' },
  'message-conflict': { status: 409, says: 'Another message with this number is here already.' },
  'family-full': {
    status: 413,
    says:
      'Your family has no room left on this server. What you said is kept here. Keep messages for ' +
      'fewer days (in Family, Rules), or ask whoever runs this server for more room.',
  },
  'family-busy': {
    status: 429,
    says: 'That is a lot for one day. It is kept here and goes out by itself, tomorrow at the latest.',
  },
  'invite-dead': {
    status: 410,
    says: 'This invitation was used, cancelled or is too old. Ask for a new one.',
  },
  'box-ended': { status: 410, says: 'This link has ended. Ask for a new one.' },
  'request-unready': {
    status: 409,
    says: 'The other side has to take a step first. Please wait a moment.',
  },
  'digits-differ': {
    status: 422,
    says: 'The six digits differ. Do not let this person in; ask them to start again.',
  },
  'household-exists': { status: 409, says: 'This device belongs to a family already.' },
  'household-missing': { status: 404, says: 'This device belongs to no family yet.' },
  'household-ended': {
    status: 410,
    says: 'A guardian has ended this family. What this device received stays here.',
  },
  'guardians-left': {
    status: 409,
    says: 'There is another guardian. Only the last one can end the family: the others leave first.',
  },
  'device-ended': {
    status: 0,
    says: 'This device belongs to its family no longer. What it received stays here.',
  },
  'link-invalid': {
    status: 0,
    says: 'This invitation link is not complete. Please copy the whole link.',
  },
  'pairing-dead': {
    status: 0,
    says: 'This code was used already, or is too old. Please show a new one on the other phone.',
  },
  'passkey-unable': {
    status: 0,
    says: 'This passkey cannot keep anything. Please use your recovery card.',
  },
  'card-invalid': {
    status: 0,
    says: 'This recovery code is not right. Please check every letter.',
  },
  'card-unknown': {
    status: 0,
    says: 'This card opens no family here. If a newer card was made, only that one works.',
  },
  'not-addressed': { status: 0, says: 'This message is not for this device.' },
  'not-approved': { status: 0, says: 'A guardian has not approved this message for the toy.' },
  tampered: {
    status: 0,
    says: 'Somebody changed this on its way. It was put aside and is not played.',
  },

  // Sound
  'sound-unreadable': { status: 0, says: 'This sound cannot be read.' },
  'sound-too-long': { status: 0, says: 'This recording is too long for the toy.' },
  'sound-empty': { status: 0, says: 'There is nothing in this recording.' },
  'microphone-refused': {
    status: 0,
    says: 'The microphone is not allowed. Please allow it in the settings of your browser.',
  },
  'microphone-missing': {
    status: 0,
    says: 'No microphone can be used here. Please try another browser, such as Chrome or Firefox.',
  },

  // Being told that post came
  'push-unknown': {
    status: 422,
    says: 'The messenger of this browser is not known here, so nothing can be sent to it. Please use another browser, or mail.',
  },
  'push-refused': {
    status: 0,
    says: 'Your browser does not allow it. Please allow notifications for this page in the settings of your browser.',
  },
  'push-unable': {
    status: 0,
    says: 'Your browser could not reach its messenger. Please try again later.',
  },

  // Archives
  'archive-unreadable': {
    status: 0,
    says: 'This file is no archive of Pawpost, or a part of it is missing.',
  },
  'archive-too-large': {
    status: 0,
    says: 'This is more than one ZIP file can hold. Please make the page instead.',
  },
  'archive-locked': {
    status: 0,
    says: 'This opening line does not belong to this archive. Please check every letter.',
  },

  // The toy
  'toy-missing': { status: 0, says: 'No toy was found. Switch it on and hold it close.' },
  'toy-busy': {
    status: 0,
    says: 'The toy is connected to another phone, or busy. Switch it off and on again.',
  },
  'toy-gone': { status: 0, says: 'The toy went out of reach. Nothing was lost: please try again.' },
  'toy-timeout': { status: 0, says: 'The toy did not answer. Switch it off and on again.' },
  'toy-failed': { status: 0, says: 'The toy did not take the message. Please send it again.' },
  'toy-refused': { status: 0, says: 'The toy refused the connection.' },
  'bluetooth-off': { status: 0, says: 'Bluetooth is off. Please switch it on.' },
  'bluetooth-missing': {
    status: 0,
    says: 'This browser cannot talk to toys. Please use Chrome or Edge on the phone near the toy.',
  },
  'record-refused': {
    status: 0,
    says: 'Only the paw starts the microphone of a toy. Pawpost never does.',
  },

  // This device
  offline: { status: 0, says: 'There is no connection. It goes out as soon as there is one.' },
  'storage-failed': { status: 0, says: 'This device could not save it. Is its memory full?' },
  'profile-busy': { status: 0, says: 'Pawpost is already open in another window.' },
} as const satisfies Record<string, { status: number; says: string }>

export type ErrorCode = keyof typeof ERRORS

/** The only error that crosses a boundary: a code of the vocabulary and, for operators, a reason. */
export class PawpostError extends Error {
  readonly code: ErrorCode
  /** A machine-readable detail, such as a reason code of a verifier. Never a person's data. */
  readonly reason: string | undefined

  constructor(code: ErrorCode, reason?: string, options?: ErrorOptions) {
    super(ERRORS[code].says, options)
    this.name = 'PawpostError'
    this.code = code
    this.reason = reason
  }
}

/** Whether `text` is one of our codes; for answers that come over the wire. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERRORS, text)
}
