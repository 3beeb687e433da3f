import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { hostFiles } from './units.ts'

const files = hostFiles('/opt/pawpost')
const units = files.filter(({ path }) => path.endsWith('.service'))

function valueOf(text: string, key: string): string | undefined {
  return new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]
}

test('each process has a user of its own, and none is root', () => {
  const users = units.map(({ text }) =>
    valueOf(text, 'DynamicUser') === 'yes' ? 'dynamic' : valueOf(text, 'User'),
  )
  assert.deepEqual(users, ['pawpost', 'pawpost-vault', 'dynamic'])
  const [made = ''] = files.filter(({ path }) => path.includes('sysusers')).map(({ text }) => text)
  for (const user of ['pawpost', 'pawpost-vault'])
    assert.match(made, new RegExp(`^u ${user} `, 'm'))
})

test('every unit is on a read-only system, without new privileges, with few calls', () => {
  for (const { path, text } of units) {
    const said = ['NoNewPrivileges', 'PrivateTmp', 'PrivateDevices'].map((key) =>
      valueOf(text, key),
    )
    assert.deepEqual(said, ['yes', 'yes', 'yes'], path)
    assert.equal(valueOf(text, 'ProtectSystem'), 'strict', path)
    assert.match(text, /^SystemCallFilter=~@privileged @resources$/m, path)
    assert.doesNotMatch(text, /ReadWritePaths|=CAP_(?!NET_ADMIN$)/m, path)
  }
})

test('the vault has no network, and the server comes after vault and firewall', () => {
  const [server = '', vault = ''] = ['pawpost.service', 'pawpost-vault.service'].map(
    (name) => units.find(({ path }) => basename(path) === name)?.text,
  )
  assert.equal(valueOf(vault, 'PrivateNetwork'), 'yes')
  assert.equal(valueOf(vault, 'RestrictAddressFamilies'), 'AF_UNIX')
  assert.equal(valueOf(server, 'Requires'), 'pawpost-vault.service pawpost-firewall.service')
  const socket = /--socket (\S+)/.exec(vault)?.[1]
  assert.equal(/--vault (\S+)/.exec(server)?.[1], socket)
})
