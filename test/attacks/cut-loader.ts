import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from '../../tools/run.ts'
import { CUTS, withoutChecks } from './cuts.ts'

/**
 * Loads the program with the checks of `cuts.ts` cut out: `node --import` this before anything
 * else.
 */
registerHooks({
  load(url, context, next) {
    const file = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : ''
    if (!CUTS.some((cut) => cut.file === file)) return next(url, context)
    const source = withoutChecks(file, readFileSync(fileURLToPath(url), 'utf8'))
    return { format: 'module', source: stripTypeScriptTypes(source), shortCircuit: true }
  },
})
