import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StartError } from '../../server/platform/start-error.ts'
import { parseHosts, parsePrefix } from './hosts.ts'

test('addresses and prefixes of both families', () => {
  assert.deepEqual(
    parseHosts('{"edge": ["192.0.2.10", "2001:db8::10"], "admin": ["203.0.113.0/28"]}'),
    {
      edge: [
        { text: '192.0.2.10', family: 4 },
        { text: '2001:db8::10', family: 6 },
      ],
      admin: [{ text: '203.0.113.0/28', family: 4 }],
    },
  )
  assert.deepEqual(parseHosts('{}'), {})
})

test('what is no address, or more than anybody owns, is refused', () => {
  const wrong = [
    '',
    'edge.example',
    '192.0.2.256',
    '192.0.2.1/33',
    '192.0.2.1/',
    '192.0.2.1/2/4',
    '192.0.2.1/+24',
    '2001:db8::1/129',
    '2001:db8::g',
    'fe80::1%eth0',
    '::ffff:192.0.2.1',
    '0.0.0.0/0',
    '::/0',
    '192.0.2.1 }; flush ruleset',
  ]
  for (const text of wrong) assert.throws(() => parsePrefix(text), StartError, text)
})

test('a file that is something else is refused', () => {
  const wrong = [
    '',
    '[]',
    'null',
    '{"edge": "192.0.2.1"}',
    '{"kitchen": ["192.0.2.1"]}',
    '{"internet": ["192.0.2.1"]}',
    '{"edge": [1]}',
  ]
  for (const text of wrong) assert.throws(() => parseHosts(text), StartError, text)
})

test('staging shares no address with production, however it is written', () => {
  const shared = [
    ['192.0.2.12', '192.0.2.12'],
    ['192.0.2.0/28', '192.0.2.12'],
    ['192.0.2.12', '192.0.2.0/28'],
    ['2001:db8::10', '2001:DB8:0::0010'],
  ]
  for (const [one, two] of shared) {
    const text = JSON.stringify({ database: ['192.0.2.99', one], staging: [two] })
    assert.throws(() => parseHosts(text), /Staging and database/, text)
  }
  parseHosts('{"database": ["192.0.2.12"], "staging": ["192.0.2.13", "2001:db8::c000:20c"]}')
})
