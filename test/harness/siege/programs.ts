import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/** The pinned Node, which runs this; what `bin/pawpost` starts with it. */
export const NODE = process.execPath
export const MAIN = join(ROOT, 'src/main.ts')

/** What an app does and no command does. */
export const DEED = join(import.meta.dirname, 'deed.ts')

/** The compile cache that `bin/pawpost` uses, too. */
export const ENVIRONMENT = { NODE_COMPILE_CACHE: join(ROOT, '.cache/node'), ...process.env }

/** Arguments that load one of our files into a program before it starts. */
export function preloading(name: string): readonly string[] {
  const file = join(import.meta.dirname, `${name}.ts`)
  return ['--disable-warning=ExperimentalWarning', '--import', file]
}
