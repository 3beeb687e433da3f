import { newEpoch, wrapSecret, type Holder } from '../../src/keys/principal.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { append } from '../harness/family.ts'
import { forgeLink } from '../harness/forgery.ts'
import type { World } from './attack.ts'

/**
 * Mum moves the household to a new epoch, as the log demands it, but wraps another secret for
 * `cheated`. Gives the name of the key that must not be believed.
 */
export async function rotatedFalsely(world: World, cheated: Holder): Promise<string> {
  const { family, mum, dad, card } = world
  const of = family.household.principal
  const epoch = (family.household.principals.get(of)?.epochs.length ?? 0) + 1
  const honest = await newEpoch(of, epoch, [mum.device, card, dad.device])
  const planted = await wrapSecret({ of, epoch, secret: randomBytes(32) }, cheated)
  const wraps = honest.part.wraps.map((ref) => (ref.to === cheated.id ? planted.ref : ref))
  const a = { rotation: { ...honest.part, wraps } }
  const link = await forgeLink(family, mum.device, { op: 'rotate', a, ts: Date.now() })
  append(family, { link, wraps: [...honest.wraps, planted.bytes], secrets: [] })
  return `${of} ${epoch}`
}
