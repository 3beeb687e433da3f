import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { descend, enters } from './gate.ts'

describe('the gate', () => {
  test('opens from three years on', () => {
    assert.equal(enters(2, true), false)
    assert.equal(enters(3, true), true)
    assert.equal(enters(4, true), true)
  })

  test('has a stair', () => {
    assert.equal(descend(3), -1)
    assert.equal(descend(2), 0)
  })
})
