import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from '../protocol/errors.ts'
import { cardPasskey } from './family/card-passkey-texts.ts'
import { asleep, kids } from './family/children-texts.ts'
import { asking, people, picture } from './family/people-texts.ts'
import { rules } from './family/rules-texts.ts'
import { box } from './box/box-texts.ts'
import { addressing, deeds, messages, states } from './messages/messages-texts.ts'
import { guide } from './guide/guide-texts.ts'
import { checkUp } from './settings/check-up/check-up-texts.ts'
import { child } from './child/child-texts.ts'
import { archiveTexts } from '../client/archive/archive-texts.ts'
import { archive } from './archive/archive-texts.ts'
import { account } from './account/account-texts.ts'
import { notices } from './notices/notices-texts.ts'
import { comeSignIn } from './phones/come-texts.ts'
import { phones } from './phones/phones-texts.ts'
import { reset } from './reset/reset-texts.ts'
import { signingIn } from './settings/signing-in/signing-in-texts.ts'
import { secondStep } from './sign-in/second-step-texts.ts'
import { recording } from './messages/recorder/recorder-texts.ts'
import { playing } from './sound/player-texts.ts'
import { inToy, toyPlaces } from './toy/toy-texts.ts'
import { texts } from './texts.ts'

/** Words that no family should ever have to read. */
const JARGON =
  /\b(keys?|encrypt\w*|decrypt\w*|verif\w*|fingerprints?|principals?|devices? signature|token|cipher\w*|certificate)\b/i

/** What is said at once, and what comes with its page. */
const SAID = {
  inToy,
  toyPlaces,
  comeSignIn,
  recording,
  playing,
  texts,
  archive,
  archiveTexts,
  box,
  guide,
  checkUp,
  secondStep,
  signingIn,
  account,
  reset,
  phones,
  notices,
  cardPasskey,
  asleep,
  kids,
  asking,
  people,
  picture,
  rules,
  child,
  messages,
  deeds,
  states,
  addressing,
}

/** All sentences; functions with something in every place. */
function sentences(of: unknown): string[] {
  if (typeof of === 'string') return [of]
  if (typeof of === 'function') return [String(of('Mia', 'Grandma')), String(of(1)), String(of(2))]
  return Object.values(of as object).flatMap(sentences)
}

test('no screen speaks jargon', () => {
  const all = sentences(SAID)
  assert.ok(all.length > 150)
  assert.deepEqual(
    all.filter((sentence) => JARGON.test(sentence)),
    [],
  )
})

test('neither do the errors that a family meets', () => {
  const met = Object.values(ERRORS).map(({ says }) => says)
  assert.deepEqual(
    met.filter((sentence) => JARGON.test(sentence)),
    [],
  )
})

test('no sentence is empty', () => {
  assert.ok(sentences(SAID).every((sentence) => sentence.trim() !== ''))
})
