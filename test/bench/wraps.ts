import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { proposeRotate } from '../../src/keys/links.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { deviceId, householdId, principalId } from '../../src/protocol/ids.ts'
import {
  appendLink,
  createHousehold,
  readWraps,
  type Posted,
  type Registry,
} from '../../src/server/households/households.ts'
import type { OpenWrap, WrapVault } from '../../src/server/vault/wraps.ts'
import { addDevice, append, foundFamily, standing, type Family } from '../harness/family.ts'
import { familyClock, posted } from '../harness/key-plane.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer } from '../harness/server.ts'
import { measure, percentile, type Figure } from '../harness/timing.ts'

/** Wraps of one link: a new device is given so many epochs. */
const WRAPS = 64
const FAMILIES = 2
/** A person has sixteen devices at most; of these pairs, one is appended with the vault, one without. */
const PAIRS = 6

/** What was there before there was a vault: wraps lie in the database as they came. */
const BARE: WrapVault = {
  sealWraps: async (_, wraps) => wraps.map(({ wrap, ...name }) => ({ ...name, sealed: wrap })),
  openWraps: async (_, wraps) => wraps.map(({ sealed, ...name }) => ({ ...name, wrap: sealed })),
  closeEpochs: async () => undefined,
  renewShredKeys: async () => undefined,
  resealWraps: async (_, wraps) => [...wraps],
  retireShredKeys: async () => undefined,
  forgetHousehold: async () => undefined,
}

/** The vault alone; then a link with 64 wraps and reading 64 wraps, with and without the vault. */
export async function bench(): Promise<readonly Figure[]> {
  const clock = familyClock()
  await using server = await startTestServer({ clock })
  await using other = await secondProcess(server.data, clock)
  const alone = await vaultAlone(other.registry.vault)
  const appended = { vault: [] as number[], bare: [] as number[], rotated: [] as number[] }
  const read = { vault: [] as number[], bare: [] as number[] }
  for (let count = 0; count < FAMILIES; count += 1) {
    await growFamily(other.registry, appended, read)
  }
  return [
    ...alone,
    ms('append a link with 64 wraps', appended.vault),
    ms('append a link with 64 wraps, without the vault', appended.bare),
    ms('append a rotation: a new shred key', appended.rotated),
    ms('read 64 wraps', read.vault),
    ms('read 64 wraps, without the vault', read.bare),
  ]
}

function ms(name: string, values: readonly number[]): Figure {
  return { name, value: percentile(values, 50), unit: 'ms' }
}

async function vaultAlone(vault: WrapVault): Promise<readonly Figure[]> {
  const household = householdId.from(randomBytes(16))
  const principal = principalId.from(randomBytes(16))
  const newWrap = (epoch: number): OpenWrap => {
    const device = deviceId.from(randomBytes(16))
    return { principal, device, epoch, wrap: randomBytes(1800) }
  }
  const wraps = Array.from({ length: WRAPS }, (_, index) => newWrap(index + 1))
  const sealed = await vault.sealWraps(household, wraps)
  const runs = { warm: 10, times: 100 }
  const each = (name: string, values: readonly number[]): Figure => ({
    name,
    value: (percentile(values, 50) * 1000) / WRAPS,
    unit: 'µs a wrap',
  })
  let epoch = WRAPS
  let below = 1
  return [
    each(
      'seal 64',
      await measure(runs, async () => void (await vault.sealWraps(household, wraps))),
    ),
    each(
      'open 64',
      await measure(runs, async () => void (await vault.openWraps(household, sealed))),
    ),
    ms(
      'seal 1 under a new shred key',
      await measure(
        runs,
        async () => void (await vault.sealWraps(household, [newWrap((epoch += 1))])),
      ),
    ),
    ms(
      'destroy a shred key',
      await measure(runs, () => vault.closeEpochs(household, [{ principal, below: (below += 1) }])),
    ),
  ]
}

async function growFamily(
  registry: Registry,
  appended: Record<'vault' | 'bare' | 'rotated', number[]>,
  read: Record<'vault' | 'bare', number[]>,
): Promise<void> {
  const { family, guardian } = await foundFamily()
  const at = { household: family.household.id, signer: guardian.device.id }
  const bare = { ...registry, vault: BARE }
  await createHousehold(registry, newest(family))
  for (let epoch = 2; epoch <= WRAPS / 2; epoch += 1) {
    for (const id of [family.household.principal, guardian.person]) {
      append(family, await proposeRotate(standing(family, guardian.device), id))
      appended.rotated.push(await timed(() => appendLink(registry, at, newest(family))))
    }
  }
  for (let pair = 0; pair < PAIRS; pair += 1) {
    for (const [name, way] of [
      ['vault', registry],
      ['bare', bare],
    ] as const) {
      const device = await addDevice(family, guardian.device)
      assert.equal(newest(family).wraps.length, WRAPS)
      appended[name].push(await timed(() => appendLink(way, at, newest(family))))
      read[name].push(await timed(() => readWraps(way, at.household, device.id)))
    }
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await task()
  return performance.now() - started
}

function newest(family: Family): Posted {
  const link = family.links.at(-1) ?? new Uint8Array()
  return { link, wraps: posted(family, link).wraps.map(fromBase64url) }
}
