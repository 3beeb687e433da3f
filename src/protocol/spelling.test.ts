import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accountId,
  deviceId,
  householdId,
  inviteId,
  messageId,
  principalId,
  requestId,
} from './ids.ts'
import { CLOCK_TOLERANCE } from './request-signature.ts'

// What stands in logs, links and messages that exist: it can never be spelled otherwise again.

test('every kind of id has its prefix for ever', () => {
  const bytes = new Uint8Array(16)
  const kinds = [householdId, principalId, deviceId, inviteId, requestId, messageId, accountId]
  const prefixes = ['hh-', 'pr-', 'dev-', 'inv-', 'req-', 'msg-', 'acc-']
  assert.deepEqual(
    kinds.map((kind) => kind.from(bytes)),
    prefixes.map((prefix) => prefix + 'A'.repeat(22)),
  )
})

test('clocks may be five minutes off', () => {
  assert.equal(CLOCK_TOLERANCE, 300)
})
