import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calledBy, labelOf } from './this-device.ts'

const AGENTS: Readonly<Record<string, string>> = {
  'Chrome on Android':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
  'Safari on iPhone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Edge on Windows':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Samsung Internet on Android':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  Mac: 'curl (Mac OS X)',
  'A phone or computer': 'something else',
}

test('a device is called by its browser and its system, as far as they are known', () => {
  for (const [name, agent] of Object.entries(AGENTS)) assert.equal(calledBy(labelOf(agent)), name)
})

test('one that told nothing is a phone or computer', () => {
  assert.equal(calledBy(undefined), 'A phone or computer')
})
