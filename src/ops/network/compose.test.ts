import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { composeFile, networksOf } from './compose.ts'
import { isZone, WAYS, type Zone, zones } from './zones.ts'

const ROOT = join(import.meta.dirname, '../../..')

function shareANetwork(one: Zone, two: Zone): boolean {
  return networksOf(one).some((network) => networksOf(two).includes(network))
}

test('the file that comes along is the one that the table makes', async () => {
  const text = await readFile(join(ROOT, 'compose.yaml'), 'utf8')
  assert.equal(text, composeFile(), 'run: bin/pawpost compose > compose.yaml')
})

test('two zones share a network only where one may speak to the other', () => {
  for (const one of zones()) {
    for (const two of zones().filter((zone) => zone !== one)) {
      const speak = WAYS.some(
        ({ from, to }) => (from === one && to === two) || (from === two && to === one),
      )
      if (!speak) assert.ok(!shareANetwork(one, two), `${one} and ${two}`)
    }
  }
})

test('whoever may speak to a zone is in its network, but for signing in', () => {
  for (const { from, to, ports } of WAYS.filter((way) => isZone(way.from) && isZone(way.to))) {
    if (!isZone(from) || ports.every((port) => port === 'tcp/22')) continue
    assert.ok(networksOf(from).includes(to), `${from} to ${to}`)
  }
})

test('only what calls the Internet, or is called, has a way outside, each its own', () => {
  const outside = zones().filter((zone) => networksOf(zone).includes(`${zone}-outside`))
  assert.deepEqual(outside, ['edge', 'app', 'mail', 'ops'])
  const text = composeFile()
  assert.equal(text.match(/internal: true/g)?.length, zones().length)
  assert.equal(text.match(/-outside:$/gm)?.length, outside.length)
  assert.deepEqual(text.match(/ports: .*/g), ['ports: ["80:80", "443:443"]'])
})

test('each service has a user of its own and no capability', () => {
  const text = composeFile()
  const users = text.match(/user: "(\d+):\1"/g) ?? []
  assert.equal(new Set(users).size, zones().length)
  assert.equal(text.match(/cap_drop: \["ALL"\]/g)?.length, zones().length)
  assert.doesNotMatch(text, /cap_add|privileged: true|docker\.sock|network_mode/)
})
