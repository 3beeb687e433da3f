import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture, ROOT } from './run.ts'

/**
 * `npm run prove -- NAME`: a long suite at release strength. `test/prove/NAME.ts` exports `prove`,
 * which gives its counts; they are written with the seed and the commit to `docs/evidence/NAME.json`.
 */
type Suite = { readonly prove: (seed: number) => Promise<Record<string, unknown>> }

const folder = join(ROOT, 'test/prove')

async function names(): Promise<readonly string[]> {
  const files = await readdir(folder)
  return files.filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, ''))
}

async function proveOne(name: string, seed: number): Promise<void> {
  const suite = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Suite
  const started = performance.now()
  const counts = await suite.prove(seed)
  const { output: commit } = await capture('git', ['rev-parse', 'HEAD'])
  const seconds = Math.round((performance.now() - started) / 1000)
  const evidence = { name, commit: commit.trim(), seed, seconds, ...counts }
  await mkdir(join(ROOT, 'docs/evidence'), { recursive: true })
  const file = join(ROOT, 'docs/evidence', `${name}.json`)
  await writeFile(file, `${JSON.stringify(evidence, undefined, 2)}\n`)
  console.log(JSON.stringify(evidence, undefined, 2))
}

const [name, seed] = process.argv.slice(2)
const known = await names()
if (name === undefined || !known.includes(name)) {
  console.error(`usage: npm run prove -- NAME [SEED]\nNAME is one of: ${known.join(', ')}`)
  process.exitCode = 2
} else {
  await proveOne(name, seed === undefined ? Date.now() : Number(seed))
}
