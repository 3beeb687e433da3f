import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as age from 'cctv-age'
import type { PublicVectors } from './check.ts'
import type { Ed25519Vector } from './ed25519.ts'

/** Where the vectors are that no package has. */
export const PUBLIC_FOLDER = join(import.meta.dirname, '../../../vectors/public')

/** The public vectors, from their package and their file. */
export async function loadPublicVectors(): Promise<PublicVectors> {
  const text = await readFile(join(PUBLIC_FOLDER, 'ed25519vectors.json'), 'utf8')
  return { age: { ...age }, ed25519: JSON.parse(text) as readonly Ed25519Vector[] }
}
