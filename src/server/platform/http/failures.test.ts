import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError } from '../../../protocol/errors.ts'
import { answerOf } from './failures.ts'

test('a database that is away is a reason to try again, not an error of ours', () => {
  const away = [
    Object.assign(new Error('connect ENOENT'), { code: 'ENOENT', syscall: 'connect' }),
    Object.assign(new Error('starting up'), { code: '57P03', severity: 'FATAL' }),
    Object.assign(new Error('statement timeout'), { code: '57014', severity: 'ERROR' }),
    new Error('Connection terminated unexpectedly'),
  ]
  for (const error of away) {
    const { status, body } = answerOf(error)
    assert.deepEqual([status, body.code, body.reason], [503, 'busy', 'database'], error.message)
  }
})

test('what nobody foresaw says nothing', () => {
  const strange = [
    new Error('secret'),
    Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }),
    Object.assign(new Error('duplicate key'), { code: '23505', severity: 'ERROR' }),
    new PawpostError('toy-busy'),
  ]
  for (const error of strange) {
    const { status, body } = answerOf(error)
    assert.deepEqual([status, body.code, body.reason], [500, 'internal', undefined])
  }
})
