import assert from 'node:assert/strict'
import { ILLEGAL_LINKS } from '../../../test/harness/illegal.ts'
import { describe, test } from 'node:test'
import { copyOf, wholeFamily } from '../../../test/harness/family.ts'
import { LOG_REFUSALS } from './refusals.ts'
import { applyLink, verifyLog } from './verify.ts'

const whole = await wholeFamily()

describe('each illegal link is refused for its own reason', () => {
  for (const { reason, what, first, forge } of ILLEGAL_LINKS) {
    test(`${reason}: ${what}`, async () => {
      const mine = { ...whole, family: copyOf(whole.family) }
      const link = await forge(mine)
      const refused = { code: 'log-refused', reason }
      assert.throws(() => applyLink(first ? undefined : mine.family.household, link), refused)
    })
  }
})

test('every reason of the log has a link that meets it', () => {
  const met = new Set(ILLEGAL_LINKS.map(({ reason }) => reason))
  assert.deepEqual([...met].sort(), Object.keys(LOG_REFUSALS).sort())
})

test('no link at all is no household', () => {
  assert.throws(() => verifyLog([]), { code: 'log-refused', reason: 'genesis-expected' })
})
