import { step } from '../../src/client/live.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { openProfile } from '../../src/cli/client/profile.ts'

// A process that sends from a profile folder until it is killed. Each recording is told from the
// others by its length, counted on from the second argument; it is printed once it is safe.

const [folder = '', first = '1'] = process.argv.slice(2)
using profile = await openProfile(folder)
const { client } = profile
for (let durationMs = Number(first); ; durationMs += 1) {
  const sound = crypto.getRandomValues(new Uint8Array(2000))
  await sendVoice(client, { sound, durationMs, to: 'child' })
  process.stdout.write(`${durationMs}\n`)
  await step(client)
}
