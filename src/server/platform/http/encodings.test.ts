import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { encode, encodingFor } from './encodings.ts'

test('whoever asks gets what they like best, and of equals what packs best', () => {
  const cases: readonly (readonly [accepted: string | undefined, encoding: string])[] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['gzip ; q=0.5 , br ; q=0.500', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['br;q=0, *;q=0.3', 'gzip'],
    ['identity, br;q=0.5', 'identity'],
    ['identity;q=0', 'identity'],
    ['gzip, identity;q=0', 'gzip'],
    ['deflate, zstd', 'identity'],
    ['br;q=2, gzip;q=-1', 'identity'],
    ['brr, xgzip, ;q=1, ,', 'identity'],
  ]
  for (const [accepted, encoding] of cases) assert.equal(encodingFor(accepted), encoding, accepted)
})

test('a header of any length is read in time', () => {
  const before = process.cpuUsage()
  encodingFor(`${' '.repeat(8000)};${'q= '.repeat(2000)}`)
  encodingFor('br;'.repeat(5000))
  assert.ok(process.cpuUsage(before).user < 100_000)
})

test('what was packed is what comes out', async () => {
  const bytes = Buffer.from('the bear says hello '.repeat(500))
  assert.deepEqual(brotliDecompressSync(await encode(bytes, 'br')), bytes)
  assert.deepEqual(gunzipSync(await encode(bytes, 'gzip')), bytes)
  assert.equal(await encode(bytes, 'identity'), bytes)
  assert.ok((await encode(bytes, 'br')).length < 200)
})
