import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf, sourceOfRequest } from './source.ts'

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

test('only what a proxy on this machine wrote last says where a request comes from', () => {
  const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
  const name = 'x-forwarded-for'
  assert.equal(sourceOfRequest('127.0.0.1', headers, name), '203.0.113.9')
  assert.equal(sourceOfRequest('127.0.0.1', headers, undefined), undefined)
  assert.equal(sourceOfRequest('192.0.2.7', headers, name), '192.0.2.7')
  assert.equal(sourceOfRequest('127.0.0.1', {}, name), undefined)
  assert.equal(sourceOfRequest('127.0.0.1', { 'x-forwarded-for': 'me, ' }, name), undefined)
})
