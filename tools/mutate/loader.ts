import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ROOT } from '../run.ts'

/**
 * A generation of modules: the files of `renewed` are loaded once more, under a url of their own,
 * and one of them may have another source. Everything else is shared with the other generations.
 */
export type Generation = {
  readonly number: number
  readonly renewed: (file: string) => boolean
  readonly file?: string
  readonly source?: string
}

let current: Generation = { number: 0, renewed: () => false }

const COLLECT = new URL('collect.ts', import.meta.url).href

/** What is imported from now on belongs to this generation. */
export function startGeneration(generation: Generation): void {
  current = generation
}

/** The url of a file in the current generation. */
export function urlOf(file: string): string {
  return named(pathToFileURL(`${ROOT}${file}`).href)
}

/** The file a module's url stands for, from the root of the checkout. */
export function fileOf(url: string): string {
  return relative(ROOT, fileURLToPath(url.split('?')[0] ?? ''))
}

function named(url: string): string {
  const [bare = ''] = url.split('?')
  const ours = bare.startsWith('file:') && !bare.includes('/node_modules/')
  return ours && current.renewed(fileOf(bare)) ? `${bare}?generation=${current.number}` : bare
}

/** Puts the generations and the collecting of tests between this process and its imports. */
export function installLoader(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'node:test') return { url: COLLECT, shortCircuit: true }
      const found = next(specifier, context)
      return { ...found, url: named(found.url) }
    },
    load(url, context, next) {
      const { file, source } = current
      if (source === undefined || !url.includes('?') || fileOf(url) !== file) {
        return next(url, context)
      }
      const plain = stripTypeScriptTypes(source)
      return { format: 'module', source: plain, shortCircuit: true }
    },
  })
}
