import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { copyOf, wholeFamily } from '../../../test/harness/family.ts'
import { FORBIDDEN, ILLEGAL_CHANGES } from '../../../test/harness/illegal-changes.ts'
import { BROKEN_LINKS, type Illegal } from '../../../test/harness/illegal-links.ts'
import { ILLEGAL_JOINERS } from '../../../test/harness/illegal-joiners.ts'
import { ILLEGAL_GRANTS } from '../../../test/harness/illegal-grants.ts'
import { WEAK_KEYS } from '../../../test/harness/weak-keys.ts'
import { LOG_REFUSALS } from './refusals.ts'
import { applyLink, verifyLog } from './verify.ts'

const ALL: readonly Illegal[] = [
  ...BROKEN_LINKS,
  ...FORBIDDEN,
  ...ILLEGAL_JOINERS,
  ...WEAK_KEYS,
  ...ILLEGAL_GRANTS,
  ...ILLEGAL_CHANGES,
]

const whole = await wholeFamily()

describe('each illegal link is refused for its own reason', () => {
  for (const { reason, what, first, forge } of ALL) {
    test(`${reason}: ${what}`, async () => {
      const mine = { ...whole, family: copyOf(whole.family) }
      const link = await forge(mine)
      const refused = { code: 'log-refused', reason }
      assert.throws(() => applyLink(first ? undefined : mine.family.household, link), refused)
    })
  }
})

test('every reason of the log has a link that meets it', () => {
  const met = new Set(ALL.map(({ reason }) => reason))
  assert.deepEqual([...met].sort(), Object.keys(LOG_REFUSALS).sort())
})

test('no link at all is no household', () => {
  assert.throws(() => verifyLog([]), { code: 'log-refused', reason: 'genesis-expected' })
})
