import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { PawpostError } from '../../src/protocol/errors.ts'
import { heldBy, type Household } from '../../src/protocol/log/household.ts'
import { applyLink, verifyLog } from '../../src/protocol/log/verify.ts'
import { keyringOf } from './family.ts'
import { flipped } from './forgery.ts'
import { play, type History } from './histories.ts'

const index = fc.nat({ max: 1000 })
const choice = fc.record({ op: index, by: index, about: index })

/** Whether this ends in a refusal by the log; any other end is a failure. */
export function refused(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch (error) {
    assert.ok(error instanceof PawpostError && error.code === 'log-refused', String(error))
    return true
  }
}

/** The household before each link. */
export function steps(links: readonly Uint8Array[]): (Household | undefined)[] {
  const before: (Household | undefined)[] = [undefined]
  for (const link of links) before.push(applyLink(before.at(-1), link))
  return before
}

async function holdersOpen({ family, devices }: History): Promise<void> {
  const { household } = family
  for (const device of devices) {
    const known = household.devices.get(device.id)
    if (!known || known.until !== undefined) continue
    const keyring = await keyringOf(family, device)
    const held = heldBy(household, known)
    assert.deepEqual([...keyring.keys()].sort(), [...held].sort())
    for (const of of held) {
      const newest = household.principals.get(of)?.epochs.length ?? 0
      assert.ok(keyring.get(of)?.has(newest), 'every holder holds the newest epoch')
    }
  }
}

function brokenChains(links: readonly Uint8Array[], at: number): (readonly Uint8Array[])[] {
  const link = links[at] ?? new Uint8Array()
  const next = links[at + 1]
  const duplicated = [...links.slice(0, at + 1), link, ...links.slice(at + 1)]
  if (!next) return [duplicated]
  const dropped = links.filter((_, index) => index !== at)
  const swapped = [...links.slice(0, at), next, link, ...links.slice(at + 2)]
  return [duplicated, dropped, swapped]
}

/**
 * Random honest histories verify, the same for everybody who reads the bytes; every device opens
 * what the log says it holds; a copy with a flipped bit, or with a link dropped, repeated or moved,
 * is refused.
 */
export async function demandHonestHistories(numRuns: number, seed?: number): Promise<void> {
  const histories = fc.tuple(fc.array(choice, { minLength: 3, maxLength: 6 }), index, index)
  await fc.assert(
    fc.asyncProperty(histories, async ([choices, where, bit]) => {
      const history = await play(choices)
      const { links, household } = history.family
      const before = steps(links)
      assert.deepEqual(verifyLog(links.map((link) => Uint8Array.from(link))), household)
      await holdersOpen(history)
      const at = where % links.length
      const link = links[at] ?? new Uint8Array()
      const changed = flipped(link, (where * 131) % link.length, 1 << (bit % 8))
      assert.ok(refused(() => applyLink(before[at], changed)))
      for (const broken of brokenChains(links, at)) assert.ok(refused(() => verifyLog(broken)))
    }),
    { numRuns, ...(seed !== undefined && { seed }) },
  )
}
