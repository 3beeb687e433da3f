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
    ['--password-level', 'perfect'],
    ['--breach-upstream', 'http://example.org'],
    ['--breach-upstream', 'https://somebody@example.org'],
    ['--breach-upstream', 'https://example.org/?key=1'],
    ['--breach-shields', 'refuse,hope'],
    ['--breach-shields', ''],
    ['--breach-stages', 'sign-up,sign-up'],
    ['--unknown', 'x'],
    ['positional'],
    ['--port'],
  ]
  for (const args of wrong) assert.throws(() => readConfig(args, {}), UsageError, args.join(' '))
  assert.throws(() => readConfig([], { PAWPOST_HOST: '::' }), UsageError)
})

test('settings about passwords', () => {
  const given = ['--breach-shields', 'mail, operator', '--breach-stages', 'none']
  const upstream = ['--breach-upstream', 'https://pwned.example/api/', '--password-level', 'good']
  const config = readConfig([...given, ...upstream, '--breach-filter', '/lists/pwned'], {})
  assert.deepEqual([config.breachShields, config.breachStages], [['mail', 'operator'], []])
  assert.equal(config.breachUpstream, 'https://pwned.example/api')
  assert.deepEqual([config.passwordLevel, config.breachFilter], ['good', '/lists/pwned'])
  const fallback = readConfig([], {})
  assert.equal(fallback.breachShields.length + fallback.breachStages.length, 7)
  assert.deepEqual([fallback.passwordLevel, fallback.breachUpstream], ['none', undefined])
  const own = readConfig(['--breach-upstream', 'http://127.0.0.1:8085'], {})
  assert.equal(own.breachUpstream, 'http://127.0.0.1:8085')
})

test('every setting is described with its flag and its variable', () => {
  assert.match(describeSettings(), /--postgres-bin DIR \(PAWPOST_POSTGRES_BIN\)/)
})
