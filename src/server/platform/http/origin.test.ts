import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityOf, ownOrigins, requireOwnOrigin } from './origin.ts'

const local = ownOrigins(undefined, 8080)
const proxied = ownOrigins('https://paw.example', 8080)

test('requests that another site makes a browser send are refused', () => {
  const refused = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:8081' },
    { origin: 'https://localhost:8080' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ]
  for (const headers of refused) {
    assert.throws(() => requireOwnOrigin(headers, local), { code: 'origin-refused' })
  }
  assert.throws(() => requireOwnOrigin({ origin: 'http://localhost:8080' }, proxied))
})

test('our own pages and programs without a browser pass', () => {
  for (const origin of ['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080']) {
    requireOwnOrigin({ origin, 'sec-fetch-site': 'same-origin' }, local)
  }
  requireOwnOrigin({}, local)
  requireOwnOrigin({ 'sec-fetch-site': 'none' }, local)
  requireOwnOrigin({ origin: 'https://paw.example' }, proxied)
})

test('signatures are checked against a name of ours, whatever the Host header claims', () => {
  assert.equal(authorityOf({ host: '127.0.0.1:8080' }, local), '127.0.0.1:8080')
  assert.equal(authorityOf({ host: 'LOCALHOST:8080' }, local), 'localhost:8080')
  assert.equal(authorityOf({ host: 'evil.example' }, local), 'localhost:8080')
  assert.equal(authorityOf({}, proxied), 'paw.example')
})
