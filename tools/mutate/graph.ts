import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { ROOT } from '../run.ts'
import { isNode, list, parse } from './syntax.ts'

/** Which file imports which, from the root of the checkout; packages are left out. */
export type Graph = ReadonlyMap<string, readonly string[]>

/** The import graph of some files and of everything they import. */
export async function importGraph(files: readonly string[]): Promise<Graph> {
  const graph = new Map<string, readonly string[]>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (graph.has(file)) continue
    const imports = await importsOf(file)
    graph.set(file, imports)
    waiting.push(...imports)
  }
  return graph
}

async function importsOf(file: string): Promise<readonly string[]> {
  if (!file.endsWith('.ts')) return []
  const program = parse(await readFile(join(ROOT, file), 'utf8'))
  return list(program, 'body')
    .filter((statement) => statement['importKind'] !== 'type' && statement['exportKind'] !== 'type')
    .map(({ source }) => (isNode(source) ? String(source['value']) : ''))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(file, '..', specifier)))
}

/** A file and every file that imports it, however far away. */
export function dependentsOf(graph: Graph, file: string): ReadonlySet<string> {
  const found = new Set([file])
  for (let before = 0; before < found.size;) {
    before = found.size
    for (const [importer, imports] of graph) {
      if (imports.some((each) => found.has(each))) found.add(importer)
    }
  }
  return found
}
