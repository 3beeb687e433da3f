import { fromBase64url } from '../../src/protocol/bytes.ts'
import { checkVectors } from '../harness/vectors/check.ts'
import { checkPublicVectors, type PublicVerdicts } from '../harness/vectors/public/check.ts'
import { platformVerdicts, type Ed25519Vector } from '../harness/vectors/public/ed25519.ts'
import type { Verdict } from '../harness/vectors/verdicts.ts'

/** The files of the vectors by name: JSON as it is, bytes in base64url. */
type Files = Readonly<Record<string, string>>

/** The public vectors as they reach this page: the age files in base64url. */
export type GivenVectors = { readonly age: Files; readonly ed25519: readonly Ed25519Vector[] }

/** What this page can be asked, as globals. */
export type VectorsPage = {
  readonly checkVectors: (files: Files) => Promise<readonly Verdict[]>
  readonly checkPublicVectors: (given: GivenVectors) => Promise<PublicVerdicts>
  readonly platformVerdicts: typeof platformVerdicts
}

/** Checks the vectors in this browser. */
function check(files: Files): Promise<readonly Verdict[]> {
  return checkVectors({
    json: async <T>(name: string) => JSON.parse(files[name] ?? '') as T,
    bytes: async (name) => fromBase64url(files[name] ?? ''),
  })
}

/** Checks the public vectors in this browser. */
function checkPublic({ age, ed25519 }: GivenVectors): Promise<PublicVerdicts> {
  const files = Object.entries(age).map(([name, text]) => [name, fromBase64url(text)] as const)
  return checkPublicVectors({ age: Object.fromEntries(files), ed25519 })
}

const page: VectorsPage = {
  checkVectors: check,
  checkPublicVectors: checkPublic,
  platformVerdicts,
}
Object.assign(globalThis, page)
