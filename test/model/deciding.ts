import {
  consent,
  proposeNotice,
  proposePolicy,
  proposeShred,
  writePurpose,
} from '../../src/keys/governing.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import type { Wanted } from '../../src/protocol/log/consent.ts'
import type { Consents } from '../../src/protocol/log/ops.ts'
import { close, heldBy, keyOf, ownerOf } from './ledger.ts'
import { removePerson, voiceOf, type Choice } from './moves.ts'
import { at, deviceOf, people, pick, senders, take, type World } from './world.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** A guardian removes another: by consent of those who came before, or after 72 hours' notice. */
export async function expel(world: World, { by, about }: Choice): Promise<boolean> {
  const guardians = people(world, 'guardian')
  const leaving = pick(guardians, about)
  if (!leaving || guardians.length < 2) return false
  const others = guardians.filter((one) => one !== leaving)
  const elders = guardians.slice(0, guardians.indexOf(leaving))
  // More than half of the person and those who came before them.
  const enough = elders.length > (elders.length + 1) / 2
  const signer = pick(enough ? elders : others, by)
  const device = signer && voiceOf(world, signer)
  if (!device) return false
  const phone = deviceOf(world, device)
  if (enough) {
    const wanted = { op: 'remove', person: leaving } as const
    const consents = await consentsOf(world, wanted, elders)
    await removePerson(world, leaving, phone, consents)
    return true
  }
  take(world, await proposeNotice(at(world, phone), leaving))
  world.now += 72 * HOUR
  await removePerson(world, leaving, phone)
  return true
}

async function consentsOf(
  world: World,
  wanted: Wanted,
  guardians: readonly PrincipalId[],
): Promise<Consents> {
  const purpose = writePurpose(world.family.household.id, wanted, world.now + DAY)
  const phones = guardians.map((one) => voiceOf(world, one)).filter((id) => id !== undefined)
  const by = await Promise.all(phones.map((id) => consent(deviceOf(world, id), purpose)))
  return { purpose, by }
}

/** Epochs are closed for ever, once the household keeps messages for less than their age. */
export async function shredOld(world: World, { by, about }: Choice): Promise<boolean> {
  const { ledger } = world
  const device = pick(senders(world, 'guardian', 'relative'), by)
  if (!device) return false
  const of = pick(heldBy(ledger, ownerOf(ledger, device)[0]), about)
  if (!of) return false
  const newest = ledger.newest.get(of) ?? 0
  let open = 1
  while (ledger.closed.has(keyOf(of, open))) open += 1
  if (newest <= open) return false
  const below = open + 1 + (about % (newest - open))
  await keepFor(world, 1 + (about % 30))
  world.now += world.retention * DAY
  take(world, await proposeShred(at(world, deviceOf(world, device)), of, below))
  close(ledger, of, below)
  return true
}

/** All guardians agree how many days messages are kept. */
async function keepFor(world: World, retention: number): Promise<void> {
  const guardians = people(world, 'guardian')
  const [signer] = senders(world, 'guardian')
  if (!signer) return
  const policy = { approval: true, retention, trusted: [] }
  const consents = await consentsOf(world, { op: 'policy', policy }, guardians)
  take(world, await proposePolicy(at(world, deviceOf(world, signer)), policy, consents))
  world.retention = retention
}
