import type { LaterWords } from '../catalogue.ts'
import type { Plural } from '../plural.ts'
import { account, listed, reset } from './account.ts'
import { archivePage } from './archive-page.ts'
import { archive } from './archive.ts'
import { box } from './box.ts'
import { checkUp } from './check-up.ts'
import { child } from './child.ts'
import { asleep, kids, rules } from './children.ts'
import { guide } from './guide.ts'
import { inToy, toyPlaces } from './in-toy.ts'
import { addressing, deeds, messages, states } from './messages.ts'
import { notices } from './notices.ts'
import { asking, people, picture } from './people.ts'
import { phones } from './phones.ts'
import { playing, recording } from './recording.ts'
import { cardPasskey, proof, secondStep, signingIn } from './signing-in.ts'

/** The words of all later screens in Spanish; `es-first.ts` says which word is used for what. */
export const spanish = (plural: Plural): LaterWords => ({
  account,
  listed,
  archive: archive(plural),
  box: box(plural),
  child: child(plural),
  cardPasskey,
  kids,
  asleep,
  people,
  picture,
  asking: asking(plural),
  rules: rules(plural),
  guide,
  inToy,
  toyPlaces: toyPlaces(plural),
  messages: messages(plural),
  deeds,
  states,
  addressing,
  recording: recording(plural),
  notices,
  phones,
  proof,
  reset,
  checkUp: checkUp(plural),
  signingIn: signingIn(plural),
  secondStep: secondStep(plural),
  playing: playing(plural),
  archivePage,
})
