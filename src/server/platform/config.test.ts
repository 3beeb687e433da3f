import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../../protocol/usage.ts'
import { describeSettings, readConfig } from './config.ts'

test('flags win over the environment, which wins over the defaults', () => {
  const environment = { PAWPOST_PORT: '1234', PAWPOST_POSTGRES_BIN: '/opt/pg' }
  const config = readConfig(['--port', '80', '--origin', 'https://paw.example'], environment)
  assert.equal(config.port, 80)
  assert.equal(config.postgresBin, '/opt/pg')
  assert.equal(config.origin, 'https://paw.example')
  assert.equal(config.host, 'localhost')
  assert.equal(readConfig([], {}).port, 8080)
})

test('what makes no sense is refused with a word on what would', () => {
  const wrong = [
    ['--port', '70000'],
    ['--port', '-1'],
    ['--port', '8o8o'],
    ['--host', '0.0.0.0'],
    ['--host', '192.168.1.2'],
    ['--host', 'example.org'],
    ['--origin', 'http://example.org'],
    ['--origin', 'https://example.org/path'],
    ['--origin', 'ftp://example.org'],
    ['--origin', 'nonsense'],
    ['--log', 'chatty'],
    ['--unknown', 'x'],
    ['positional'],
    ['--port'],
  ]
  for (const args of wrong) assert.throws(() => readConfig(args, {}), UsageError, args.join(' '))
  assert.throws(() => readConfig([], { PAWPOST_HOST: '::' }), UsageError)
})

test('every setting is described with its flag and its variable', () => {
  assert.match(describeSettings(), /--postgres-bin DIR \(PAWPOST_POSTGRES_BIN\)/)
})
