import { ILLEGAL_CHILDREN, VOICES_WITHOUT_CONSENT } from './illegal-children.ts'
import { FORBIDDEN, ILLEGAL_CHANGES } from './illegal-changes.ts'
import { ILLEGAL_CONSENTS } from './illegal-consents.ts'
import { ILLEGAL_GRANTS } from './illegal-grants.ts'
import { ILLEGAL_JOINERS } from './illegal-joiners.ts'
import { BROKEN_LINKS, type Illegal } from './illegal-links.ts'
import { ILLEGAL_CLAIMS, ILLEGAL_ENVELOPES, type IllegalMessage } from './illegal-messages.ts'
import { ILLEGAL_NOTICES, ILLEGAL_RULES } from './illegal-rules.ts'
import { FORBIDDEN_WORDS, FORGED_FORWARDS, ILLEGAL_BYTES } from './illegal-words.ts'
import { OVERSTEPPING } from './illegal-notes.ts'
import { ILLEGAL_SENDERS } from './illegal-senders.ts'
import { WEAK_KEYS } from './weak-keys.ts'

/** Every illegal link there is a reason for. */
export const ILLEGAL_LINKS: readonly Illegal[] = [
  ...BROKEN_LINKS,
  ...FORBIDDEN,
  ...ILLEGAL_JOINERS,
  ...WEAK_KEYS,
  ...ILLEGAL_GRANTS,
  ...ILLEGAL_CHANGES,
  ...ILLEGAL_CONSENTS,
  ...ILLEGAL_NOTICES,
  ...ILLEGAL_RULES,
  ...ILLEGAL_CHILDREN,
]

/** Every illegal message there is a reason for. */
export const ILLEGAL_MESSAGES: readonly IllegalMessage[] = [
  ...ILLEGAL_ENVELOPES,
  ...ILLEGAL_CLAIMS,
  ...ILLEGAL_BYTES,
  ...FORBIDDEN_WORDS,
  ...FORGED_FORWARDS,
  ...ILLEGAL_SENDERS,
  ...VOICES_WITHOUT_CONSENT,
  ...OVERSTEPPING,
]
