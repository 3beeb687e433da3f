import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createApi } from '../../client/api.ts'
import { withAlarms } from '../../client/alarms.ts'
import { oneAtATime, type Client } from '../../client/client.ts'
import { encryptedStore, type Store } from '../../client/store.ts'
import { generateSeeds, loadDevice, randomBytes } from '../../keys/device.ts'
import { fromBase64url, toBase64url } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { fetchWithCookies } from './cookies.ts'
import { openDatabase } from './database.ts'

/** The secrets of a profile folder: two seeds of the device and the key of its store. */
const secrets = z.strictObject({ sign: z.string(), kem: z.string(), storage: z.string() })
type Secrets = z.infer<typeof secrets>

const SERVER = 'server'

/** A client over a profile folder, and its closing. */
export type Profile = { readonly client: Client } & Disposable

/**
 * Opens (or makes) a profile folder: `device.json` (mode 0600) and `client.db`. `server` is only
 * needed the first time. Throws `profile-busy` while another process uses the folder, and
 * `storage-failed` when it is damaged.
 */
export async function openProfile(folder: string, server?: string): Promise<Profile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const database = openDatabase(join(folder, 'client.db'))
  try {
    const known = await readSecrets(folder)
    const key = await storageKey(fromBase64url(known.storage))
    const store = encryptedStore(database, key)
    const client = clientOver(store, await originOf(store, server), known)
    return { client, [Symbol.dispose]: () => database[Symbol.dispose]() }
  } catch (error) {
    database[Symbol.dispose]()
    throw error
  }
}

function clientOver(store: Store, origin: string, known: Secrets): Client {
  const sign = fromBase64url(known.sign)
  const device = loadDevice({ kind: 'seeds', sign, kem: fromBase64url(known.kem) })
  return withAlarms({
    origin,
    api: createApi(origin, fetchWithCookies(store), Date.now),
    store,
    keeper: { device: () => device },
    now: Date.now,
    exclusively: oneAtATime(),
    changed: () => undefined,
  })
}

async function originOf(store: Store, server: string | undefined): Promise<string> {
  if (server === undefined) {
    const known = await store.get(SERVER, z.string())
    if (known === undefined) throw new PawpostError('sign-in-needed', 'no-server')
    return known
  }
  const { origin } = new URL(server)
  await store.write([{ key: SERVER, value: origin }])
  return origin
}

function storageKey(raw: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function readSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'device.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined) return parseSecrets(text)
  const { sign, kem } = generateSeeds()
  const made = {
    sign: toBase64url(sign),
    kem: toBase64url(kem),
    storage: toBase64url(randomBytes(32)),
  }
  await writeDurably(folder, path, JSON.stringify(made))
  return made
}

function parseSecrets(text: string): Secrets {
  try {
    return secrets.parse(JSON.parse(text))
  } catch (cause) {
    throw new PawpostError('storage-failed', 'device-keys', { cause })
  }
}

/** Written, synced, renamed, folder synced: after a power cut it is there whole or not at all. */
async function writeDurably(folder: string, path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  await file.writeFile(text)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
  const directory = await open(folder)
  await directory.sync()
  await directory.close()
}
