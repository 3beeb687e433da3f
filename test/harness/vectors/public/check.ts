import type { Verdict } from '../verdicts.ts'
import { checkDoor, checkLibrary, checkNative, checkPayloads } from './age.ts'
import { readAgeVectors, type AgeFiles } from './age-files.ts'
import { checkEd25519, type Ed25519Vector } from './ed25519.ts'

/** The public vectors: the age test suite, and those of Ed25519. `test/vectors/public/README.md`. */
export type PublicVectors = {
  readonly age: AgeFiles
  readonly ed25519: readonly Ed25519Vector[]
}

/** What is asked of the public vectors. Neither Node nor the DOM. */
export type PublicVerdicts = Readonly<
  Record<'door' | 'native' | 'payloads' | 'library' | 'ed25519', readonly Verdict[]>
>

/** All public vectors through our own doors, and the age library beneath ours. */
export async function checkPublicVectors(vectors: PublicVectors): Promise<PublicVerdicts> {
  const age = await readAgeVectors(vectors.age)
  return {
    door: await checkDoor(age),
    native: await checkNative(age),
    payloads: await checkPayloads(age),
    library: await checkLibrary(age),
    ed25519: checkEd25519(vectors.ed25519),
  }
}

/** Those where something else came out than is expected. */
export function wrongOnes(verdicts: PublicVerdicts): readonly Verdict[] {
  return Object.values(verdicts)
    .flat()
    .filter(({ expected, got }) => got !== expected)
}
