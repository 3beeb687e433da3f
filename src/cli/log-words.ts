import { deviceIdOf } from '../protocol/ed25519.ts'
import { fromCbor } from '../protocol/cbor.ts'
import type { DeviceId } from '../protocol/ids.ts'
import type { Ending, Household } from '../protocol/log/household.ts'
import {
  joinRequestBody,
  type Arguments,
  type Grant,
  type Op,
  type Rotation,
} from '../protocol/log/ops.ts'

/** Where a link stands: the household after it (which knows everybody named), and who signed. */
export type Scene = { readonly household: Household; readonly by: DeviceId }

type Words<O extends Op> = (args: Arguments<O>, scene: Scene) => string

/** What each op did, in plain words; the sentence goes on from who did it. */
export const WORDS: { readonly [O in Op]: Words<O> } = {
  genesis: ({ device, card, policy, child }, { household }) =>
    `begins the household ${short(household.id)} with the device ${short(deviceIdOf(device.sig))} ` +
    `and the recovery card ${short(deviceIdOf(card.sig))}; ` +
    `a relative's message ${policy.approval ? 'needs' : 'needs no'} approval; ` +
    `consents for the child ${short(child.id)}, to the terms ${child.terms}`,
  invite: ({ id, role, expires }) =>
    `invites a ${role}: ${short(id)}, to be used until ${moment(expires)}`,
  cancel: ({ id }) => `cancels the invitation ${short(id)}`,
  add: (args, scene) => admission(args, scene),
  adddev: ({ device, grants }, { household }) =>
    `enrols one more device of the same person, ${short(deviceIdOf(device.sig))}, ` +
    `and gives it ${given(grants, household)}`,
  revdev: ({ device, last, rotations }, { household }) =>
    `ends the device ${short(device)} of the ${personOf(household, device)} ` +
    `after its message ${last.n}; ` +
    rotations.map((rotation) => moved(rotation, household)).join(', '),
  remove: ({ person, last, rotation }, { household }) => {
    const { role, ended = 'guardian' } = household.principals.get(person) ?? {}
    const ends = last.map(({ device, n }) => `${short(device)} after message ${n}`).join(', ')
    const after = rotation ? `; ${moved(rotation, household)}` : ''
    return `${REMOVES[ended](`the ${role} ${short(person)}`)}, ending ${ends}${after}`
  },
  rotate: ({ rotation }, { household }) => `replaces a secret: ${moved(rotation, household)}`,
  notice: ({ person, stands }) =>
    stands
      ? `announces to remove the guardian ${short(person)} after 72 hours`
      : `takes back the announcement to remove the guardian ${short(person)}`,
  card: ({ card, rotations, grants }, { household }) =>
    `makes ${short(deviceIdOf(card.sig))} the recovery card, and any older one is dead; ` +
    [...rotations.map((rotation) => moved(rotation, household)), handed(grants, household)]
      .filter((words) => words !== '')
      .join(', '),
  box: ({ id, expires }) => `opens the drop-box ${short(id)}, to be used until ${moment(expires)}`,
  policy: ({ policy: { approval, retention, trusted } }) =>
    `sets the rules: a relative's message ${approval ? 'needs' : 'needs no'} approval` +
    (approval && trusted.length > 0 ? `, but that of ${trusted.map(short).join(', ')}` : '') +
    `, and messages are kept ${retention === 0 ? 'for ever' : `${retention} days`}`,
  suite: ({ suite }) => `moves the household to the suite ${suite}`,
  child: ({ id, terms }) => `consents for the child ${short(id)}, to the terms ${terms}`,
  withdraw: ({ child }) => `withdraws the consent for the child ${short(child)}`,
  shred: ({ principal: id, below }, { household }) =>
    `closes the epochs of ${principal(household, id)} below ${below} for ever`,
}

const REMOVES: Record<Ending, (who: string) => string> = {
  self: () => 'leaves',
  guardian: (who) => `removes ${who}`,
  quorum: (who) => `removes ${who} by agreement of the guardians`,
  notice: (who) => `removes ${who} after 72 hours of notice`,
}

function handed(grants: readonly Grant[], household: Household): string {
  return grants.length > 0 ? `the card is given ${given(grants, household)}` : ''
}

function admission({ request, rotation, grants }: Arguments<'add'>, { household }: Scene): string {
  const body = fromCbor(request, joinRequestBody, 'log-refused', 'request-malformed')
  const role = household.principals.get(body.person.id)?.role
  const device = short(deviceIdOf(body.device.sig))
  const more = [
    ...(rotation ? [moved(rotation, household)] : []),
    ...(grants.length > 0 ? [`the newcomer is given ${given(grants, household)}`] : []),
  ]
  const who = `the ${role} ${short(body.person.id)} with the device ${device}`
  return [`lets ${who} in by the invitation ${short(body.invite)}`, ...more].join('; ')
}

function moved({ id, epoch, wraps }: Rotation, household: Household): string {
  const devices = wraps.length === 1 ? '1 device' : `${wraps.length} devices`
  return `${principal(household, id)} moves to epoch ${epoch}, for ${devices}`
}

function given(grants: readonly Grant[], household: Household): string {
  const counts = Map.groupBy(grants, ({ of }) => of)
  return [...counts]
    .map(
      ([of, { length }]) =>
        `${length} ${length === 1 ? 'epoch' : 'epochs'} of ${principal(household, of)}`,
    )
    .join(' and ')
}

function principal(household: Household, id: Grant['of']): string {
  return id === household.principal ? 'the household' : short(id)
}

/** Who signed: the person, and in brackets the device or the recovery card. */
export function subject({ household, by }: Scene): string {
  const card = household.devices.get(by)?.card ? 'recovery card ' : ''
  return `${personOf(household, by)} (${card}${short(by)})`
}

/** The person of a device: role and short id. */
function personOf(household: Household, device: DeviceId): string {
  const person = household.devices.get(device)?.person
  if (!person) return 'nobody'
  return `${household.principals.get(person)?.role} ${short(person)}`
}

/** An id as people compare it: its kind and the first six letters. */
export function short(id: string): string {
  return id.slice(0, id.indexOf('-') + 7)
}

/** A moment to the minute, in UTC. */
export function moment(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
