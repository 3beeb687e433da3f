import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './run.ts'
import { tellStory } from './vectors/cast.ts'
import { logVectors, wrapVectors } from './vectors/log.ts'
import { messageVectors } from './vectors/messages.ts'
import { cardVectors, digitsVectors, invitationVectors, requestVectors } from './vectors/words.ts'

/**
 * `npm run vectors [-- FOLDER]`: writes `test/vectors/pawpost` anew. The same code gives the same
 * bytes each time; a change of these files is a change of the protocol.
 */
const folder = process.argv[2] ?? join(ROOT, 'test/vectors/pawpost')
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder))
  if (/\.(json|age)$/.test(name)) await rm(join(folder, name))

const story = await tellStory()
await write('log.json', await logVectors(story))
await write('wraps.json', await wrapVectors(story))
const { vectors, files } = await messageVectors(story)
await write('messages.json', vectors)
for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
await write('card.json', await cardVectors())
await write('invitation.json', await invitationVectors())
await write('digits.json', digitsVectors())
await write('request.json', await requestVectors())

async function write(name: string, value: unknown): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(value, undefined, 1)}\n`)
}
