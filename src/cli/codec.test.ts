import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { codec } from './codec.ts'
import { UsageError } from '../protocol/usage.ts'

const vector = (name: string): string =>
  join(import.meta.dirname, '..', '..', 'test', 'vectors', name)

test('encodes a WAV file and decodes it again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-codec-'))
  t.after(() => rm(folder, { recursive: true }))
  const au = join(folder, 'synth.au')
  const wav = join(folder, 'synth.wav')
  await codec(['g7221', 'encode', vector('synth16k.wav'), au])
  assert.deepEqual(await readFile(au), await readFile(vector('synth16k.au')))
  await codec(['g7221', 'decode', au, wav])
  assert.equal((await readFile(wav)).length, 44 + 2 * 32_000)
})

test('wrong usage says how it is used', async () => {
  const wrong = [
    [],
    ['g7221'],
    ['g7221', 'encode', 'in.wav'],
    ['g7221', 'toString', 'in.wav', 'out.au'],
    ['opus', 'encode', 'in.wav', 'out.au'],
    ['g7221', 'encode', 'in.wav', 'out.au', 'more'],
  ]
  for (const args of wrong) {
    await assert.rejects(codec(args), (error) => {
      assert.ok(error instanceof UsageError)
      assert.match(error.message, /^pawpost codec g7221 encode IN\.wav OUT\.au/)
      return true
    })
  }
})

test('a file of another kind is refused', async () => {
  const [au, wav] = [vector('synth16k.au'), vector('synth16k.wav')]
  await assert.rejects(codec(['g7221', 'encode', au, 'never']), { code: 'sound-unreadable' })
  await assert.rejects(codec(['g7221', 'decode', wav, 'never']), { code: 'sound-unreadable' })
})
