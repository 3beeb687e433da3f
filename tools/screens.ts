import { albumCamera, removeStale, writeIndex } from '../test/browser/pictures/album.ts'
import { NAMES } from '../test/browser/pictures/catalogue.ts'
import type { Camera } from '../test/browser/picture.ts'
import { run } from './run.ts'

/**
 * `npm run screens [-- WALK…]`: builds the app and walks through all of it in a real browser, taking
 * every picture of docs/screens anew. With names of walks only theirs, and nothing is removed.
 */
const WALKS = [
  'story',
  'account',
  'messages',
  'voices',
  'family',
  'old-phone',
  'child',
  'phones',
  'notices',
  'passkey-wrap',
  'archive',
  'languages',
  'design',
] as const

type Walk = { readonly walk: (camera: Camera) => Promise<void> }

const wanted = process.argv.slice(2)
const walks = WALKS.filter((walk) => wanted.length === 0 || wanted.includes(walk))
const taken = new Set<string>()

async function take(): Promise<number> {
  if ((await run('vite', ['build', '--logLevel', 'warn'])) !== 0) return 1
  const camera = albumCamera(taken)
  for (const name of walks) {
    console.log(`walking: ${name}`)
    const { walk } = (await import(`../test/browser/pictures/${name}.ts`)) as Walk
    await walk(camera)
  }
  await writeIndex()
  if (wanted.length > 0) return 0
  const missing = NAMES.filter((name) => !taken.has(name))
  for (const name of missing) console.error(`nobody takes the picture ${name}`)
  for (const file of await removeStale()) console.log(`removed ${file}`)
  return missing.length === 0 ? 0 : 1
}

process.exitCode = await take()
