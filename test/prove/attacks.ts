import { run } from '../../tools/run.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startEvilServer, type EvilServer } from '../evil-server/proxy.ts'
import { inChromium } from '../browser/besieged.ts'
import { ATTACKERS, CLASSES, type Attack } from '../attacks/attack.ts'
import { ATTACKS } from '../attacks/attacks.ts'
import { HONEST } from '../attacks/controls.ts'
import { setScene, type Scene } from '../attacks/scene.ts'
import { complaintsOf, inNode, type Besiege } from '../attacks/runner.ts'
import { countsOf, demandBreadth } from '../attacks/table.ts'

/**
 * Every attack of the siege against the client in Node and against the app, built now, in Chromium.
 * Throws where one is not refused with its own code, and nothing believed;
 * returns the table: what was tried, by whom, and what it was refused with.
 */
export async function prove(): Promise<Record<string, unknown>> {
  demandBreadth(ATTACKS)
  if ((await run('vite', ['build', '--logLevel', 'warn'])) !== 0) throw new Error('no app')
  const server = await startEvilServer()
  try {
    const scene = await setScene(server)
    await using browser = await launchChromium({ serviceWorkers: 'block' })
    const runners = { node: inNode, chromium: inChromium(browser.context, browser.page) }
    for (const [name, besiege] of Object.entries(runners)) await demandAll(scene, name, besiege)
    return { chromium: browser.context.browser()?.version(), ...figures() }
  } finally {
    await close(server)
  }
}

async function demandAll(scene: Scene, runner: string, besiege: Besiege): Promise<void> {
  for (const attack of [...HONEST, ...ATTACKS]) {
    const complaints = complaintsOf(attack, await besiege(scene, attack))
    if (complaints.length > 0) throw new Error(`${runner}: ${attack.what}: ${complaints.join()}`)
  }
}

function close(server: EvilServer): Promise<void> {
  server.behave()
  return server.close()
}

function figures(): Record<string, unknown> {
  const row = ({ class: of, by, what, refused }: Attack): object => ({
    class: of,
    by,
    threats: ATTACKERS[by],
    what,
    refused,
  })
  return {
    attacks: ATTACKS.length,
    reasons: new Set(ATTACKS.map(({ refused }) => refused)).size,
    refusedIn: ['node', 'chromium'],
    believed: 0,
    classes: CLASSES,
    counts: countsOf(ATTACKS),
    controls: HONEST.map(({ what }) => what),
    table: ATTACKS.map(row),
  }
}
