import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { copyOf, keyringOf, wholeFamily } from '../../../test/harness/family.ts'
import {
  ILLEGAL_CLAIMS,
  ILLEGAL_ENVELOPES,
  type IllegalMessage,
} from '../../../test/harness/illegal-messages.ts'
import {
  FORBIDDEN_WORDS,
  FORGED_FORWARDS,
  ILLEGAL_BYTES,
} from '../../../test/harness/illegal-words.ts'
import { NOTHING_RECEIVED } from '../../../test/harness/letters.ts'
import { open } from '../../keys/message.ts'
import { MESSAGE_REFUSALS } from './refusals.ts'

const ALL: readonly IllegalMessage[] = [
  ...ILLEGAL_ENVELOPES,
  ...ILLEGAL_CLAIMS,
  ...ILLEGAL_BYTES,
  ...FORBIDDEN_WORDS,
  ...FORGED_FORWARDS,
]

const whole = await wholeFamily()
const keyring = await keyringOf(whole.family, whole.mum.device)

describe('each illegal message is refused for its own reason', () => {
  for (const { reason, what, forge, received } of ALL) {
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
  const met = new Set(ALL.map(({ reason }) => reason))
  assert.deepEqual([...met].sort(), Object.keys(MESSAGE_REFUSALS).sort())
})
