import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { approvedTone, tone } from '../../test/harness/approved-clip.ts'
import { readWavAt } from '../client/sound/wav.ts'
import { clipBytes } from '../toy/approval.ts'
import { connectCloudPet } from '../toy/cloudpets/cloudpets.ts'
import { decodeClip } from '../toy/g7221/clip.ts'
import { socketLink } from '../toy/virtual/socket-link.ts'
import { createVirtualToy } from '../toy/virtual/virtual-toy.ts'
import { toyVirtual } from './toy-virtual.ts'
import { drawToy } from './toy-view.ts'
import { UsageError } from '../protocol/usage.ts'

const folder = await mkdtemp(join(tmpdir(), 'pawpost-test-'))
after(() => rm(folder, { recursive: true }))

test('wrong usage says how to use it', async () => {
  for (const args of [['--sokcet', 'x'], ['extra'], ['--socket'], ['--dump']]) {
    await assert.rejects(toyVirtual(args, AbortSignal.abort()), UsageError)
  }
})

test('the command serves a toy, dumps what its slots hold and ends when told to', async () => {
  const socket = join(folder, 'toy.sock')
  const dump = join(folder, 'dump')
  const program = `
    import { toyVirtual } from ${JSON.stringify(join(import.meta.dirname, 'toy-virtual.ts'))}
    const stop = new AbortController()
    process.on('SIGTERM', () => stop.abort())
    await toyVirtual(process.argv.slice(1), stop.signal)`
  const args = ['--input-type=module', '-e', program, '--', '--socket', socket, '--dump', dump]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [first] = await once(createInterface(child.stdout), 'line')
  assert.equal(first, `socket ${socket}`)

  const pet = await connectCloudPet(await socketLink(socket))
  const clip = await approvedTone(0.5)
  await pet.sendMessage(clip)
  await pet.close()

  const raw = await readFile(join(dump, 'slot-2.au'))
  assert.deepEqual(Uint8Array.from(raw.subarray(0, clip.size)), clipBytes(clip))
  assert.equal(raw.length % 512, 0, 'filled up to the grant')
  const wav = readWavAt(await readFile(join(dump, 'slot-2.wav')), 16_000)
  assert.deepEqual(wav, decodeClip(clipBytes(clip)))
  assert.equal(wav.length, tone(0.5).length)
  assert.deepEqual((await readdir(dump)).sort(), ['slot-2.au', 'slot-2.wav'])

  child.kill()
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('the terminal shows slots, heart and state', () => {
  const toy = createVirtualToy({ recordMs: 2000 })
  assert.deepEqual(drawToy(toy.view()), [
    'CloudPets B 1.0.19 · idle · waiting for a phone',
    'heart off · volume 128',
    "  1 the child's recording: empty",
    '  2 the message: empty',
    '  3 other: empty',
    '  4 other: empty',
    '  5 other: empty',
    'p plays · r records, r again ends it · q quits',
  ])
  toy.press('record')
  assert.match(drawToy(toy.view())[0] ?? '', /recording/)
  toy.press('record')
  assert.match(drawToy(toy.view())[2] ?? '', /0\.0 s|bytes/)
  toy.close()
})
