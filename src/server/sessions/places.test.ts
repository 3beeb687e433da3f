import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf, placeOf } from './places.ts'

test('a place is a network, never an address', () => {
  assert.equal(placeOf('203.0.113.9'), '203.0.113.0/24')
  assert.equal(placeOf('2001:db8:1:2::/64'), '2001:db8:1::/48')
  for (const other of [undefined, '', 'x', '::1']) assert.equal(placeOf(other), '')
})

test('of a browser its family is kept, and nothing else', () => {
  const agents = {
    'Firefox on Android': 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
    'Safari on iPhone':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
    'Edge on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36 Edg/138.0',
    'Chrome on Mac':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36',
  }
  for (const [family, agent] of Object.entries(agents)) assert.equal(browserOf(agent), family)
  for (const other of [undefined, '', 'curl/8.0', '<b>me</b>']) assert.equal(browserOf(other), '')
})
