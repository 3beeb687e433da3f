import assert from 'node:assert/strict'
import { test } from 'node:test'
import { releaseOf, slideOf } from './gesture.ts'

const press = { x: 200, y: 500, at: 1000 }
const at = (x: number, y: number) => slideOf(press, { x, y, at: 2000 })

test('a shaking hand decides nothing', () => {
  assert.equal(at(200, 500), undefined)
  assert.equal(at(130, 440), undefined)
  assert.equal(at(400, 700), undefined)
})

test('left throws away, up keeps recording, and the longer way counts', () => {
  assert.equal(at(110, 500), 'cancel')
  assert.equal(at(200, 410), 'lock')
  assert.equal(at(90, 400), 'cancel')
  assert.equal(at(110, 300), 'lock')
})

test('a short press is a tap, a long one a hold', () => {
  assert.equal(releaseOf(press, { ...press, at: 1349 }), 'tap')
  assert.equal(releaseOf(press, { ...press, at: 1350 }), 'hold')
})
