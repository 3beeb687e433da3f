import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { capture, ROOT } from '../../tools/run.ts'
import { startEvilServer, type EvilServer } from '../evil-server/proxy.ts'
import { ATTACKS } from './attacks.ts'
import { HONEST } from './controls.ts'
import { cutFor, CUTS, demandBelieved } from './cuts.ts'
import { setScene, type Scene } from './scene.ts'
import { complaintsOf, inNode } from './runner.ts'
import { demandBreadth, rowsOf, tableOf } from './table.ts'

// A malicious server, alone or with an accomplice, against the client without a screen. The same
// list goes to the real app in test/browser/attacks.test.ts.

describe('the siege of a client', () => {
  let server: EvilServer
  let scene: Scene
  before(async () => {
    server = await startEvilServer()
    scene = await setScene(server)
  })
  after(() => server.close())

  test('there are enough attacks, each with a reason of its own', () => {
    demandBreadth(ATTACKS)
    for (const line of tableOf(ATTACKS)) console.log(line)
  })

  test('SECURITY.md tells all of them', async () => {
    const told = await readFile(join(ROOT, 'SECURITY.md'), 'utf8')
    for (const row of rowsOf(ATTACKS)) assert.ok(told.includes(row), row)
  })

  for (const control of HONEST) {
    test(`control: ${control.what} is believed`, async () => {
      assert.deepEqual(complaintsOf(control, await inNode(scene, control)), [])
    })
  }

  for (const attack of ATTACKS) {
    test(`${attack.class} ${attack.refused}: ${attack.what}`, async () => {
      assert.deepEqual(complaintsOf(attack, await inNode(scene, attack)), [])
    })
  }
})

test('control: a client whose check was cut out believes the attack', async () => {
  const loader = join(import.meta.dirname, 'cut-loader.ts')
  const victim = join(import.meta.dirname, 'cut-victim.ts')
  const flags = ['--disable-warning=ExperimentalWarning', '--import', loader, victim]
  const { output } = await capture('node', flags)
  const said = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { refused: string; complaints: string[] })
  assert.deepEqual(
    said.map(({ refused }) => refused).toSorted(),
    CUTS.map(({ refused }) => refused).toSorted(),
  )
  for (const one of said) demandBelieved(cutFor(one), one.complaints)
})
