import { randomBytes, type Device } from '../../src/keys/device.ts'
import { proposeBox } from '../../src/keys/enrolling.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import type { Body, Content } from '../../src/protocol/message/kinds.ts'
import { append, newDevice, NOW, standing } from './family.ts'
import type { Whole } from './illegal-links.ts'
import type { IllegalMessage } from './illegal-messages.ts'
import { approval } from './illegal-words.ts'
import { childOf, newMessageId, post, recipientOf } from './letters.ts'

type Says = (whole: Whole) => Content | Promise<Content>

const hides: Says = () => ({ kind: 'hide', body: { of: newMessageId() } })

const brings: Says = () => ({
  kind: 'keepsake',
  body: {
    from: 'Oma',
    child: false,
    to: 'Zoë',
    at: NOW,
    codec: 'opus/ogg',
    durationMs: 900,
    sound: randomBytes(40),
  },
})

function shows(of: (whole: Whole) => Body<'portrait'>['of']): Says {
  return (whole) => ({
    kind: 'portrait',
    body: { of: of(whole), type: 'image/png', image: randomBytes(40) },
  })
}

/** Passes on a voice of grandma's, for a reason. */
function passes(why: Body<'forward'>['why']): Says {
  return async (whole) => {
    const content = await approval(whole)
    if (content.kind !== 'forward') throw new Error('no forward')
    return { kind: 'forward', body: { ...content.body, why } }
  }
}

const us = ({ family }: Whole): PrincipalId => family.household.principal
const toMum = ({ mum }: Whole): PrincipalId => mum.person
const toGrandma = ({ grandma }: Whole): PrincipalId => grandma.person
const toToy = ({ toy }: Whole): PrincipalId => toy.person

type Sender = (whole: Whole) => Device | Promise<Device>
const mum: Sender = ({ mum: { device } }) => device
const grandma: Sender = ({ grandma: { device } }) => device
const toy: Sender = ({ toy: { device } }) => device
const box: Sender = async ({ family, mum: { device } }) => {
  const keys = await newDevice()
  const opened = { id: newPrincipalId(), expires: NOW }
  append(family, await proposeBox(standing(family, device), keys, opened))
  return keys
}

type Addressing = readonly ((whole: Whole) => PrincipalId)[]

/** Well signed, of a kind that they may not send, or not to these. Mum can read it, whoever it is for. */
function oversteps(what: string, by: Sender, says: Says, to: Addressing = [us]): IllegalMessage {
  return {
    reason: 'role-forbidden',
    what,
    forge: async (whole) => {
      const letter = { by: await by(whole), to: to.map((of) => of(whole)) }
      const { family } = whole
      const signedTo = letter.to.map((pid) => recipientOf(family, pid))
      return post(family, { ...letter, content: await says(whole) }, { signedTo })
    },
  }
}

/** What a role may not send whatever is in it. */
const NEVER: Readonly<Record<string, Says>> = {
  'hides something': hides,
  'shows a picture of the child': shows(({ family }) => childOf(family.household)),
  'passes something on': passes('share'),
  'approves something': passes('approve'),
  'saves something': passes('keep'),
  'brings something along': brings,
}

/** Notes, pictures, and what is passed on or saved, by or for whom it is not meant. */
export const OVERSTEPPING: readonly IllegalMessage[] = [
  oversteps('a guardian who hides something from everybody', mum, hides),
  oversteps('a guardian who hides something from herself and the others', mum, hides, [toMum, us]),
  oversteps('a guardian who saves something for a relative', mum, passes('keep'), [us, toGrandma]),
  oversteps('a guardian who saves something for the toy', mum, passes('keep'), [us, toToy]),
  oversteps('a guardian who brings something along for a relative', mum, brings, [us, toGrandma]),
  oversteps('a relative who hides something from the guardians', grandma, hides),
  oversteps('a relative who hides something from herself and others', grandma, hides, [
    us,
    toGrandma,
  ]),
  oversteps('a relative who saves something for the household', grandma, passes('keep')),
  oversteps(
    'a relative who saves something for herself and the household',
    grandma,
    passes('keep'),
    [toGrandma, us],
  ),
  oversteps('a relative who passes something on', grandma, passes('share')),
  oversteps('a relative who brings something along for the household', grandma, brings),
  oversteps(
    'a relative who shows a picture of the child',
    grandma,
    shows(({ family }) => childOf(family.household)),
  ),
  oversteps('a relative who shows a picture of a guardian', grandma, shows(toMum)),
  ...Object.entries(NEVER).flatMap(([what, says]) => [
    oversteps(`a drop-box that ${what}`, box, says),
    oversteps(`a toy that ${what}`, toy, says),
  ]),
]
