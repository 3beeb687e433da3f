import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from './log.ts'

test('an error in the log keeps its codes and its place and loses the values it quotes', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const database = Object.assign(new Error('duplicate key (address)=(ann@example.org)'), {
    code: '23505',
    constraint: 'accounts_address_key',
    detail: 'Key (address)=(ann@example.org) already exists.',
  })
  log.error({ err: database }, 'x')
  log.error({ err: new Error('outer ann@example.org', { cause: database }) }, 'x')
  log.error({ err: new SyntaxError('Unexpected token a in ann@example.org') }, 'x')
  log.error({ err: 'ann@example.org' }, 'x')
  assert.ok(!lines.join('').includes('ann@'))
  assert.match(lines[0] ?? '', /"code":"23505".*"constraint":"accounts_address_key".*log\.test\.ts/)
  assert.match(lines[1] ?? '', /"cause":\{"type":"Error","code":"23505"/)
})
