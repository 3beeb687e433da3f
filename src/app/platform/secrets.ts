import type { DeviceKeeper } from '../../client/client.ts'
import { decryptWith, encryptTo } from '../../keys/age.ts'
import {
  generateNative,
  generateWrapped,
  loadDevice,
  randomBytes,
  type Device,
  type DeviceSecrets,
} from '../../keys/device.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import { verifySignature } from '../../protocol/ed25519.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { committed, reading, settled, Table, writing } from './database.ts'

const DEVICE = 'device'
const STORAGE = 'storage'

/**
 * This installation's own keys. They are made once, and only after they were stored, read back and
 * tried: WebKit stores some CryptoKeys and reads back nothing.
 */
export function deviceKeeper(database: IDBDatabase): DeviceKeeper {
  let loaded: Promise<Device> | undefined
  return {
    device() {
      loaded ??= loadOrMake(database).catch((error: unknown) => {
        loaded = undefined
        throw error
      })
      return loaded
    },
  }
}

async function loadOrMake(database: IDBDatabase): Promise<Device> {
  const kept = await read(database, DEVICE)
  if (kept !== undefined) return loadDevice(kept as DeviceSecrets)
  const native = await generateNative()
  const device = native && (await keep(database, native))
  if (device) return device
  const wrapped = await keep(database, await generateWrapped())
  if (!wrapped) throw new PawpostError('storage-failed', 'device-keys')
  return wrapped
}

/** Stores secrets and tries what comes back; takes them away again if that does not work. */
async function keep(database: IDBDatabase, secrets: DeviceSecrets): Promise<Device | undefined> {
  try {
    await write(database, DEVICE, secrets)
    const device = await loadDevice((await read(database, DEVICE)) as DeviceSecrets)
    await tryOut(device)
    return device
  } catch {
    await write(database, DEVICE, undefined)
    return undefined
  }
}

/** Signs and opens something, so that keys that cannot do so are found out before they are used. */
async function tryOut(device: Device): Promise<void> {
  const probe = randomBytes(16)
  const signature = await device.sign(probe)
  const opened = await decryptWith([device.identity], await encryptTo([device.kem], probe))
  if (!verifySignature(signature, probe, device.sig) || !sameBytes(opened, probe)) {
    throw new PawpostError('storage-failed', 'device-keys')
  }
}

/** The AES-GCM key of the client's store: made once, never readable. */
export async function storageKey(database: IDBDatabase): Promise<CryptoKey> {
  const kept = await read(database, STORAGE)
  if (kept instanceof CryptoKey) return kept
  const algorithm = { name: 'AES-GCM', length: 256 }
  const made = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
  await write(database, STORAGE, made)
  const back = await read(database, STORAGE)
  if (!(back instanceof CryptoKey)) throw new PawpostError('storage-failed', 'storage-key')
  return back
}

function read(database: IDBDatabase, name: string): Promise<unknown> {
  return settled(reading(database, Table.secrets).get(name))
}

async function write(database: IDBDatabase, name: string, value: unknown): Promise<void> {
  const store = writing(database, Table.secrets)
  const done = committed(store.transaction)
  if (value === undefined) store.delete(name)
  else store.put(value, name)
  await done
}
