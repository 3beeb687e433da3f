import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ensureFolder, readIfPresent, writeDurably } from './files.ts'

/** A random key of 32 bytes kept in DATA/secrets, made when it is first asked for. */
export async function secretKey(data: string, name: string): Promise<Uint8Array> {
  const folder = join(data, 'secrets')
  const path = join(folder, `${name}.key`)
  const kept = await readIfPresent(path)
  if (kept !== undefined) return Buffer.from(kept, 'base64url')
  const fresh = randomBytes(32)
  await ensureFolder(folder, 0o700)
  await writeDurably(path, fresh.toString('base64url'))
  return fresh
}
