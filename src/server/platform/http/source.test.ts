import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from './source.ts'

test('limits count IPv4 addresses and IPv6 networks, and not this machine', () => {
  assert.equal(sourceOf('203.0.113.9'), '203.0.113.9')
  assert.equal(sourceOf('::ffff:203.0.113.9'), '203.0.113.9')
  assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(sourceOf('2001:db8:1:2::1'), '2001:db8:1:2::/64')
  assert.equal(sourceOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(sourceOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  for (const here of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', undefined, 'x']) {
    assert.equal(sourceOf(here), undefined)
  }
})
