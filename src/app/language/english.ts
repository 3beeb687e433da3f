import { archiveTexts as archivePage } from '../../client/archive/archive-texts.ts'
import { account } from '../account/account-texts.ts'
import { listed } from '../account/listed-texts.ts'
import { archive } from '../archive/archive-texts.ts'
import { box } from '../box/box-texts.ts'
import { child } from '../child/child-texts.ts'
import { errors } from '../errors-texts.ts'
import { cardPasskey } from '../family/card-passkey-texts.ts'
import { asleep, kids } from '../family/children-texts.ts'
import { asking, people, picture } from '../family/people-texts.ts'
import { rules } from '../family/rules-texts.ts'
import { guide } from '../guide/guide-texts.ts'
import { addressing, deeds, messages, states } from '../messages/messages-texts.ts'
import { recording } from '../messages/recorder/recorder-texts.ts'
import { notices } from '../notices/notices-texts.ts'
import { comeSignIn } from '../phones/come-texts.ts'
import { phones } from '../phones/phones-texts.ts'
import { proof } from '../proof/proof-texts.ts'
import { reset } from '../reset/reset-texts.ts'
import { checkUp } from '../settings/check-up/check-up-texts.ts'
import { signingIn } from '../settings/signing-in/signing-in-texts.ts'
import { secondStep } from '../sign-in/second-step-texts.ts'
import { playing } from '../sound/player-texts.ts'
import { texts } from '../texts.ts'
import { inToy, toyPlaces } from '../toy/toy-texts.ts'
import type { FirstWords, LaterWords } from './catalogue.ts'

/** Everything that the app says, in English: what other languages are compared with. */
export const ENGLISH: FirstWords & LaterWords = {
  comeSignIn,
  texts,
  errors,
  account,
  listed,
  archive,
  box,
  child,
  cardPasskey,
  kids,
  asleep,
  people,
  picture,
  asking,
  rules,
  guide,
  inToy,
  toyPlaces,
  messages,
  deeds,
  states,
  addressing,
  recording,
  notices,
  phones,
  proof,
  reset,
  checkUp,
  signingIn,
  secondStep,
  playing,
  archivePage,
}
