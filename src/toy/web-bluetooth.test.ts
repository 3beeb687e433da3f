import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError } from '../protocol/errors.ts'
import { CLOUDPETS_RADIO } from './cloudpets/gatt.ts'
import { chooseToy, radioError } from './web-bluetooth.ts'

test('every exception of the browser has one meaning', () => {
  const meanings = [
    ['choose', 'NotFoundError', 'User cancelled the requestDevice() chooser.', 'toy-missing'],
    ['choose', 'NotFoundError', 'Bluetooth adapter not available.', 'bluetooth-off'],
    ['choose', 'SecurityError', 'Must be handling a user gesture', 'toy-refused'],
    ['connect', 'NetworkError', 'Connection attempt failed.', 'toy-busy'],
    ['connect', 'NotFoundError', 'No Services matching UUID found in Device.', 'toy-failed'],
    ['use', 'NetworkError', 'GATT Server is disconnected.', 'toy-gone'],
    ['use', 'NetworkError', 'GATT operation already in progress.', 'toy-busy'],
    ['use', 'InvalidStateError', 'Characteristic is no longer valid.', 'toy-gone'],
    ['use', 'AbortError', '', 'toy-gone'],
    ['use', 'NotSupportedError', 'GATT operation not permitted.', 'toy-failed'],
    ['use', 'SomethingNew', '', 'toy-failed'],
  ] as const
  for (const [phase, name, text, code] of meanings) {
    const mapped = radioError(new DOMException(text, name), phase)
    assert.ok(mapped instanceof PawpostError)
    assert.deepEqual([mapped.code, mapped.reason], [code, name])
  }
})

test('what is not an exception of the browser passes unchanged', () => {
  const fault = new TypeError('a mistake of ours')
  assert.equal(radioError(fault, 'use'), fault)
})

test('a browser without Web Bluetooth says which one to use', async () => {
  await assert.rejects(chooseToy(CLOUDPETS_RADIO, undefined), { code: 'bluetooth-missing' })
})
