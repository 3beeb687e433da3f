import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startEvilServer, type EvilServer } from '../evil-server/proxy.ts'
import { launchChromium } from '../harness/chromium.ts'
import { ATTACKS } from '../attacks/attacks.ts'
import { HONEST } from '../attacks/controls.ts'
import { cutFor, demandBelieved } from '../attacks/cuts.ts'
import { setScene, type Scene } from '../attacks/scene.ts'
import { complaintsOf, type Besiege } from '../attacks/runner.ts'
import { demandBreadth, tableOf } from '../attacks/table.ts'
import { inChromium } from './besieged.ts'
import { buildCutApp, handsApp } from './cut-app.ts'
import { watch } from './page.ts'

// The same malicious server as in test/attacks, against the real app: each attack is refused with its
// own code, the screen names it, and nothing of it is believed.

describe('the siege of the app', () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  let server: EvilServer
  let scene: Scene
  let besiege: Besiege
  let trouble: string[]

  before(async () => {
    server = await startEvilServer()
    stack.defer(() => server.close())
    scene = await setScene(server)
    const { context, page } = stack.use(await launchChromium({ serviceWorkers: 'block' }))
    trouble = watch(page, server.origin)
    besiege = inChromium(context, page)
  })

  test('there are enough attacks, each with a reason of its own', () => {
    demandBreadth(ATTACKS)
    for (const line of tableOf(ATTACKS)) console.log(line)
  })

  for (const control of HONEST) {
    test(`control: ${control.what} is believed`, async () => {
      assert.deepEqual(complaintsOf(control, await besiege(scene, control)), [])
    })
  }

  for (const attack of ATTACKS) {
    test(`${attack.class} ${attack.refused}: ${attack.what}`, async () => {
      assert.deepEqual(complaintsOf(attack, await besiege(scene, attack)), [])
    })
  }

  test('no lie made the app throw, break its own policy, or ask anybody else', () => {
    assert.deepEqual(trouble, [])
  })

  test('control: an app whose check was cut out believes the attack', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pawpost-cut-'))
    stack.defer(() => rm(folder, { recursive: true }))
    await buildCutApp(folder)
    const cut = { ...scene, server: { ...server, lie: withApp(server, handsApp(folder)) } }
    for (const attack of ATTACKS.filter(cutFor)) {
      demandBelieved(cutFor(attack), complaintsOf(attack, await besiege(cut, attack)))
    }
  })
})

/** Whatever the server lies about, it hands out this app. */
function withApp(server: EvilServer, app: ReturnType<typeof handsApp>): EvilServer['lie'] {
  return (lie) => server.lie((asked, forward) => app(asked, () => lie(asked, forward)))
}
