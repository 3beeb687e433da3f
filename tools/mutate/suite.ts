import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../run.ts'
import type { Equivalent, Suite } from './campaign.ts'

const SOURCES = [
  'src/protocol/log/*.ts',
  'src/protocol/message/*.ts',
  'src/keys/*.ts',
  'src/toy/approval.ts',
  'src/server/vault/{aead,master,ring,wraps,accounts,account-keys,index-keys}.ts',
  'src/protocol/{recipient,ed25519,request-signature,cbor,ids,bytes}.ts',
]
const TESTS = [
  'src/protocol/**/*.test.ts',
  'src/keys/*.test.ts',
  'src/toy/approval.test.ts',
  'src/server/vault/*.test.ts',
  'test/vectors.test.ts',
]

/** The key plane: what verifies, seals, opens and approves, and the unit tests that guard it. */
export function keyPlane(): Suite {
  const isSource = (file: string): boolean => !file.endsWith('.test.ts')
  const sources = files(SOURCES).filter(isSource)
  return { sources, tests: files(TESTS), equivalent: listed() }
}

/** The mutants that no test can kill, each with the proof (`equivalent.json` beside this file). */
function listed(): readonly Equivalent[] {
  const text = readFileSync(join(import.meta.dirname, 'equivalent.json'), 'utf8')
  return JSON.parse(text) as readonly Equivalent[]
}

function files(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }).toSorted())
}
