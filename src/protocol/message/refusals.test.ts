import assert from 'node:assert/strict'
import { ILLEGAL_MESSAGES } from '../../../test/harness/illegal.ts'
import { describe, test } from 'node:test'
import { copyOf, keyringOf, wholeFamily } from '../../../test/harness/family.ts'
import { NOTHING_RECEIVED } from '../../../test/harness/letters.ts'
import { open } from '../../keys/message.ts'
import { MESSAGE_REFUSALS } from './refusals.ts'

const whole = await wholeFamily()
const keyring = await keyringOf(whole.family, whole.mum.device)

describe('each illegal message is refused for its own reason', () => {
  for (const { reason, what, forge, received } of ILLEGAL_MESSAGES) {
    test(`${reason}: ${what}`, async () => {
      const mine = { ...whole, family: copyOf(whole.family) }
      const arrived = await forge(mine)
      const { household } = mine.family
      await assert.rejects(open(household, keyring, arrived, received ?? NOTHING_RECEIVED), {
        code: 'message-refused',
        reason,
      })
    })
  }
})

test('every reason has a message that meets it', () => {
  const met = new Set(ILLEGAL_MESSAGES.map(({ reason }) => reason))
  assert.deepEqual([...met].sort(), Object.keys(MESSAGE_REFUSALS).sort())
})
