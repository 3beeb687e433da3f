import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addSecret } from '../../src/keys/keyring.ts'
import { admitSomebody } from './moves.ts'
import { known } from './client.ts'
import { beginSiege, demandSound, noteMoment, type Siege } from './siege.ts'
import { demandSieges } from './sieges.ts'

test('random households under siege: everybody knows, opens and refuses what the model says', async () => {
  const counts = await demandSieges({ stories: 5, length: 60 }, 20_261_122)
  for (const what of [
    'accepted',
    'head-unknown',
    'counter-replayed',
    'sender-revoked',
    'approved',
    'forked',
  ]) {
    assert.ok((counts[what] ?? 0) > 0, `${what} never happened`)
  }
})

/** A household of two, whose newest member knows the whole log. */
async function aunt(): Promise<{ siege: Siege; client: ReturnType<typeof newest> }> {
  const siege = await beginSiege()
  await admitSomebody(siege.world, { op: 0, by: 0, about: 0 })
  await noteMoment(siege)
  const client = newest(siege)
  demandSound(siege, client)
  return { siege, client }
}

function newest({ clients }: Siege) {
  const client = [...clients.values()].at(-1)
  assert.ok(client)
  return client
}

test('control: a client with one key too many is found', async () => {
  const { siege, client } = await aunt()
  const more = { of: siege.world.ledger.household, epoch: 1, secret: new Uint8Array(32) }
  client.disk.keyring = addSecret(client.disk.keyring, more)
  client.household = { ...known(client) }
  assert.throws(() => demandSound(siege, client), /other keys/)
})

test('control: a client that believes another household is found', async () => {
  const { siege, client } = await aunt()
  client.household = { ...known(client), policy: { approval: false, retention: 0, trusted: [] } }
  assert.throws(() => demandSound(siege, client), /deepEqual|deep-equal/)
})
