import type { account } from '../account/account-texts.ts'
import type { listed } from '../account/listed-texts.ts'
import type { archive, archivePage } from '../archive/archive-texts.ts'
import type { box } from '../box/box-texts.ts'
import type { child } from '../child/child-texts.ts'
import type { errors } from '../errors-texts.ts'
import type { cardPasskey } from '../family/card-passkey-texts.ts'
import type { kids, asleep } from '../family/children-texts.ts'
import type { people, picture, asking } from '../family/people-texts.ts'
import type { rules } from '../family/rules-texts.ts'
import type { guide } from '../guide/guide-texts.ts'
import type { messages, deeds, states, addressing } from '../messages/messages-texts.ts'
import type { recording } from '../messages/recorder/recorder-texts.ts'
import type { notices } from '../notices/notices-texts.ts'
import type { comeSignIn } from '../phones/come-texts.ts'
import type { phones } from '../phones/phones-texts.ts'
import type { proof } from '../proof/proof-texts.ts'
import type { reset } from '../reset/reset-texts.ts'
import type { checkUp } from '../settings/check-up/check-up-texts.ts'
import type { signingIn } from '../settings/signing-in/signing-in-texts.ts'
import type { secondStep } from '../sign-in/second-step-texts.ts'
import type { playing } from '../sound/player-texts.ts'
import type { texts } from '../texts.ts'
import type { inToy, toyPlaces } from '../toy/toy-texts.ts'

/** What the first picture says: it comes at once, and has to stay small. */
export type FirstWords = {
  readonly comeSignIn: typeof comeSignIn
  readonly texts: typeof texts
  readonly errors: typeof errors
}

/** What all other screens say. */
export type LaterWords = {
  readonly account: typeof account
  readonly listed: typeof listed
  readonly archive: typeof archive
  readonly box: typeof box
  readonly child: typeof child
  readonly cardPasskey: typeof cardPasskey
  readonly kids: typeof kids
  readonly asleep: typeof asleep
  readonly people: typeof people
  readonly picture: typeof picture
  readonly asking: typeof asking
  readonly rules: typeof rules
  readonly guide: typeof guide
  readonly messages: typeof messages
  readonly deeds: typeof deeds
  readonly states: typeof states
  readonly addressing: typeof addressing
  readonly recording: typeof recording
  readonly notices: typeof notices
  readonly phones: typeof phones
  readonly proof: typeof proof
  readonly reset: typeof reset
  readonly checkUp: typeof checkUp
  readonly signingIn: typeof signingIn
  readonly secondStep: typeof secondStep
  readonly playing: typeof playing
  readonly inToy: typeof inToy
  readonly toyPlaces: typeof toyPlaces
  readonly archivePage: typeof archivePage
}
