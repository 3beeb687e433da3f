import { readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { build, type Plugin } from 'vite'
import { ROOT } from '../../tools/run.ts'
import { hands, type Lie } from '../evil-server/proxy.ts'
import { CUTS, withoutChecks } from '../attacks/cuts.ts'

/** Builds the app with some of its checks cut out, into `folder`. */
export async function buildCutApp(folder: string): Promise<void> {
  const missed = new Set(CUTS.map(({ file }) => file))
  const cutter: Plugin = {
    name: 'pawpost-cut',
    enforce: 'pre',
    transform(source, id) {
      const file = relative(ROOT, id.split('?')[0] ?? '')
      if (!CUTS.some((cut) => cut.file === file)) return undefined
      missed.delete(file)
      return withoutChecks(file, source)
    },
  }
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
    plugins: [cutter],
  })
  if (missed.size > 0) throw new Error(`not in the app: ${[...missed].join(', ')}`)
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain',
}

/** The server hands out this app instead of its own. */
export function handsApp(folder: string): Lie {
  return async ({ path, route }, forward) => {
    if (route !== 'unknown' || path.startsWith('/api/')) return forward()
    const name = extname(path) === '' ? '/index.html' : path
    const file = await readFile(join(folder, name)).catch(() => undefined)
    return file ? hands(file, TYPES[extname(name)] ?? 'application/octet-stream') : forward()
  }
}
