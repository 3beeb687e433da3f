import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ed25519 } from '@noble/curves/ed25519.js'
import { z } from 'zod'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import type { Disk } from './disk.ts'
import type { RotatingMaster } from './master.ts'
import { createSealedFiles, type SealedFiles } from './sealed-files.ts'

/** What the server signs with a key of its own. */
export type SigningPurpose = 'deletion'

/** The vault's door for signatures: no key comes out of it. */
export interface SigningVault {
  /** Ed25519, by the key that is made at the first call and stays. */
  sign(purpose: SigningPurpose, what: Uint8Array): Promise<Uint8Array>
  /** The public half of that key. */
  signingKey(purpose: SigningPurpose): Promise<Uint8Array>
}

type Seed = { readonly n: number; readonly seed: Uint8Array }
export type SigningKeys = SealedFiles<SigningPurpose, Seed>

const SEED_BYTES = 32
const written = z.strictObject({ v: z.literal(1), n: z.int().min(1), seed: bytes(SEED_BYTES) })

export function createSigningKeys(disk: Disk, folder: string, master: RotatingMaster): SigningKeys {
  return createSealedFiles(
    { disk, master },
    {
      empty: { n: 0, seed: new Uint8Array() },
      folder: join(folder, 'signing'),
      nameOf: (file) => file as SigningPurpose,
      path: (purpose) => join(folder, 'signing', purpose),
      owner: (purpose) => ({ kind: 'signing', id: Buffer.from(purpose) }),
      write: ({ n, seed }) => toCbor({ v: 1, n, seed }),
      read: (plain) => {
        const { n, seed } = fromCbor(plain, written, 'internal', 'vault-damaged')
        return { n, seed: Uint8Array.from(seed) }
      },
    },
  )
}

export function signingVaultOf(keys: SigningKeys): SigningVault {
  async function seedOf(purpose: SigningPurpose): Promise<Uint8Array> {
    const make = (before: Seed): Seed =>
      before.n > 0 ? before : { ...before, seed: Uint8Array.from(randomBytes(SEED_BYTES)) }
    return (await keys.change(purpose, make)).seed
  }

  return {
    sign: async (purpose, what) => ed25519.sign(what, await seedOf(purpose)),
    signingKey: async (purpose) => ed25519.getPublicKey(await seedOf(purpose)),
  }
}
