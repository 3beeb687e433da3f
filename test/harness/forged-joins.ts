import type { Device } from '../../src/keys/device.ts'
import { proposeAdd, proposeAddDevice } from '../../src/keys/links.ts'
import { enrolmentBytes } from '../../src/protocol/log/join.ts'
import type { Arguments, JoinRequestBody } from '../../src/protocol/log/ops.ts'
import {
  askToJoin,
  invite,
  keyringOf,
  newDevice,
  standing,
  stranger,
  type Party,
} from './family.ts'
import { argumentsOf, forgeLink } from './forgery.ts'
import type { Whole } from './illegal-links.ts'

/** An `add` of a relative (or a guardian) whose request is changed before it is signed. */
export async function add(
  { family, mum }: Whole,
  lies: (joiner: Party) => Partial<JoinRequestBody> | Promise<Partial<JoinRequestBody>>,
): Promise<Uint8Array> {
  const joiner = await stranger()
  const invited = await invite(family, mum, 'relative')
  const request = await askToJoin(family, invited, joiner, await lies(joiner))
  return (await proposeAdd(standing(family, mum.device), new Map(), request)).link
}

/** An honest `add`, its arguments changed by the guardian who signs it. */
export async function addBut(
  { family, mum }: Whole,
  role: 'relative' | 'guardian',
  change: (a: Arguments<'add'>, joiner: Party) => object | Promise<object>,
): Promise<Uint8Array> {
  const joiner = await stranger()
  const invited = await invite(family, mum, role)
  const request = await askToJoin(family, invited, joiner)
  const keyring = await keyringOf(family, mum.device)
  const { link } = await proposeAdd(standing(family, mum.device), keyring, request)
  const a = await change(argumentsOf('add', link), joiner)
  return forgeLink(family, mum.device, { op: 'add', a })
}

/** An honest `adddev` of mum's, its arguments changed. */
export async function addDeviceBut(
  { family, mum }: Whole,
  change: (a: Arguments<'adddev'>, device: Device) => object,
): Promise<Uint8Array> {
  const device = await newDevice()
  const keyring = await keyringOf(family, mum.device)
  const { link } = await proposeAddDevice(standing(family, mum.device), keyring, device)
  const a = change(argumentsOf('adddev', link), device)
  return forgeLink(family, mum.device, { op: 'adddev', a })
}

/** An enrolment of whatever keys, with a proof that fits them. */
export async function enrolment(
  whole: Whole,
  keys: { sig: Uint8Array; kem: string },
  prove: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const { family, mum } = whole
  const proof = await prove(enrolmentBytes(family.household.id, mum.person, keys))
  return addDeviceBut(whole, (a) => ({ ...a, device: keys, proof }))
}
