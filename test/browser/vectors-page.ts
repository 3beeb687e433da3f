import { fromBase64url } from '../../src/protocol/bytes.ts'
import { checkVectors } from '../harness/vectors/check.ts'
import type { Verdict } from '../harness/vectors/verdicts.ts'

/** The files of the vectors by name: JSON as it is, bytes in base64url. */
type Files = Readonly<Record<string, string>>

/** Checks the vectors in this browser. */
function check(files: Files): Promise<readonly Verdict[]> {
  return checkVectors({
    json: async <T>(name: string) => JSON.parse(files[name] ?? '') as T,
    bytes: async (name) => fromBase64url(files[name] ?? ''),
  })
}

Object.assign(globalThis, { checkVectors: check })
