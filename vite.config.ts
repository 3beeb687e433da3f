import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

const SERVICE_WORKER = 'service-worker'
/** Scripts too large to be fetched before they are wanted, each by its template in the page. */
const APART: readonly string[] = ['strength']

/** The words of other languages, each for its readers only: `es-first`, `es-later`. */
const WORDS = /^[a-z]{2}-(first|later)$/

/** Screens that are shown without the rest of the app: each fetches no more than it imports. */
const ALONE: readonly string[] = ['old-phone', 'open-box']

/**
 * The app: everything local, nothing inline, nothing from elsewhere. Crypto and sound are loaded
 * after the first picture, by `import()`.
 */
export default defineConfig({
  root: join(import.meta.dirname, 'src/app'),
  build: {
    outDir: join(import.meta.dirname, 'dist/app'),
    emptyOutDir: true,
    target: 'es2022',
    // Our own links carry integrity; Vite's helper would not.
    modulePreload: false,
    assetsInlineLimit: 0,
    // The lists of words, which are kept apart. What comes first has its own limit and test.
    chunkSizeWarningLimit: 2_000,
    cssCodeSplit: false,
    rolldownOptions: {
      input: {
        app: join(import.meta.dirname, 'src/app/index.html'),
        [SERVICE_WORKER]: join(import.meta.dirname, 'src/app/service-worker/service-worker.ts'),
      },
      output: {
        // One script for all that the first picture needs: a phone asks for it once.
        codeSplitting: { groups: [{ name: 'first', test: /src\/app\/main\.tsx$/ }] },
        entryFileNames: ({ name }) =>
          name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  worker: { format: 'es' },
  plugins: [shell()],
})

/**
 * Finishes what was built: every script gets its integrity (the server's Integrity-Policy refuses
 * others, and an `import` can only get it from a preload link), and the service worker learns which
 * files are the app's shell.
 */
function shell(): Plugin {
  return {
    name: 'pawpost-shell',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      await addIntegrity(dir, chunks)
      const apart = chunks.filter(({ name }) => APART.includes(name))
      await listShell(
        dir,
        apart.map(({ fileName }) => fileName),
      )
    },
  }
}

async function addIntegrity(folder: string, chunks: readonly Rolldown.OutputChunk[]) {
  const page = join(folder, 'index.html')
  const html = await readFile(page, 'utf8')
  const first = chunks.find(({ fileName }) => html.includes(`src="/${fileName}"`))
  const now = importsOf(first?.fileName ?? '', chunks)
  const later = chunks.filter(({ fileName, isEntry }) => !isEntry && !now.has(fileName))
  const [entry = '', ...needed] = await Promise.all([...now].map((name) => described(folder, name)))
  const isApart = ({ name }: Rolldown.OutputChunk): boolean =>
    APART.includes(name) || WORDS.test(name)
  const waiting = later.filter((chunk) => !isApart(chunk))
  const apart = later.filter(isApart)
  const templates = await Promise.all([
    template(folder, 'modules', waiting),
    ...apart.map((chunk) => template(folder, chunk.name, [chunk])),
    ...ALONE.map((name) => template(folder, name, needsOf(name, { chunks, now }))),
  ])
  const finished = html
    .replaceAll(' crossorigin', '')
    .replace(/(<script type="module") src="[^"]*"/, `${links(needed)}$1 src=${entry}`)
    .replace('</body>', `${templates.join('')}</body>`)
  await writeFile(page, finished)
}

/** A script and all it imports statically: what the first picture needs, the script itself first. */
function importsOf(
  fileName: string,
  chunks: readonly Rolldown.OutputChunk[],
  found = new Set<string>(),
): ReadonlySet<string> {
  found.add(fileName)
  const chunk = chunks.find((one) => one.fileName === fileName)
  for (const name of chunk?.imports ?? []) if (!found.has(name)) importsOf(name, chunks, found)
  return found
}

/** A script and all it imports statically, without what the first picture has fetched already. */
function needsOf(
  name: string,
  { chunks, now }: { chunks: readonly Rolldown.OutputChunk[]; now: ReadonlySet<string> },
): readonly Rolldown.OutputChunk[] {
  const own = chunks.find((chunk) => chunk.name === name)
  const needed = importsOf(own?.fileName ?? '', chunks)
  return chunks.filter(({ fileName }) => needed.has(fileName) && !now.has(fileName))
}

/** The address of a script and its integrity, as attributes. */
async function described(folder: string, fileName: string): Promise<string> {
  const sum = createHash('sha384').update(await readFile(join(folder, fileName)))
  return `"/${fileName}" integrity="sha384-${sum.digest('base64')}"`
}

async function template(folder: string, id: string, chunks: readonly Rolldown.OutputChunk[]) {
  const scripts = await Promise.all(chunks.map(({ fileName }) => described(folder, fileName)))
  return `<template id="${id}">${links(scripts)}</template>\n  `
}

/** In the head they are fetched at once; in a template they wait for `platform/modules.ts`. */
function links(scripts: readonly string[]): string {
  return scripts.map((script) => `<link rel="modulepreload" href=${script}>\n    `).join('')
}

/** Replaces the name SHELL in the service worker by the list of files and a version made of them. */
async function listShell(folder: string, apart: readonly string[]): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names
    .filter((entry) => entry.isFile() && entry.name !== `${SERVICE_WORKER}.js`)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path.slice(folder.length)).update(await readFile(path))
  const files = paths
    .filter((path) => !apart.includes(path.slice(folder.length + 1)))
    .map((path) => path.slice(folder.length).replace(/^\/index\.html$/, '/'))
  const worker = join(folder, `${SERVICE_WORKER}.js`)
  const list = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files })
  const code = await readFile(worker, 'utf8')
  await writeFile(worker, code.replaceAll('PAWPOST_SHELL', list))
}
