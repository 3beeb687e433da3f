import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { UsageError } from '../../protocol/usage.ts'
import { client } from './client.ts'

const MESSAGE = `msg-${'A'.repeat(22)}`

/** Each of these is refused before anything is read, written or asked. */
const WRONG: readonly string[][] = [
  [],
  ['sing'],
  ['constructor'],
  ['household'],
  ['household', 'create'],
  ['household', 'destroy'],
  ['sign-up', '--email', 'a@b.example'],
  ['sign-up', '--server', 'http://localhost:1'],
  ['sign-up', '--server', 'nowhere', '--email', 'a@b.example'],
  ['sign-in', '--server', 'ftp://x', '--email', 'a@b.example'],
  ['verify'],
  ['verify', '1', '2'],
  ['invite', '--name', 'Ilse'],
  ['invite', '--role', 'relative'],
  ['invite', '--role', 'toy', '--name', 'Bear'],
  ['join', '--name', 'Ilse'],
  ['join', 'http://localhost/j/x'],
  ['requests', 'more'],
  ['sas'],
  ['admit', `req-${'A'.repeat(22)}`],
  ['members', '--all'],
  ['log', 'export'],
  ['log', 'export', 'a', 'b'],
  ['send'],
  ['send', 'a.wav', '--to', 'everybody'],
  ['send', 'a.wav', '--to', MESSAGE],
  ['inbox', '--unread'],
  ['listen', MESSAGE],
  ['approve'],
  ['reject'],
  ['toy', 'send', MESSAGE],
  ['toy', 'send', '--virtual', 'S'],
]

const profile = join(tmpdir(), `pawpost-no-profile-${process.pid}`)

test('wrong usage is noticed before the profile is opened', async () => {
  await assert.rejects(client([]), UsageError)
  await assert.rejects(client(['inbox']), UsageError)
  await assert.rejects(client(['--profile']), UsageError)
  for (const args of WRONG) {
    await assert.rejects(client(['--profile', profile, ...args]), UsageError, args.join(' '))
  }
  assert.ok(!existsSync(profile))
})
