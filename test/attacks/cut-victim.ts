import { startEvilServer } from '../evil-server/proxy.ts'
import { ATTACKS } from './attacks.ts'
import { cutFor } from './cuts.ts'
import { setScene } from './scene.ts'
import { complaintsOf, inNode } from './runner.ts'

// Run with `--import ./cut-loader.ts`: prints, for each attack whose check was cut out, what is
// wrong with how it ended. Each must have something wrong, or the siege would not notice.
const server = await startEvilServer()
try {
  const scene = await setScene(server)
  for (const attack of ATTACKS.filter(cutFor)) {
    const complaints = complaintsOf(attack, await inNode(scene, attack))
    console.log(JSON.stringify({ refused: attack.refused, complaints }))
  }
} finally {
  await server.close()
}
