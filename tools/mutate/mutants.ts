import { RULES, type Edit } from './rules.ts'
import { childrenOf, nameOf, parse, type Node } from './syntax.ts'

/** One change of one source. Its key does not name line numbers: it survives edits elsewhere. */
export type Mutant = Edit & {
  /** From the root of the checkout. */
  readonly file: string
  /** The function, table or constant it is in; '' at the top. */
  readonly in: string
  readonly line: number
  /** The lines it changes, before and after, without indentation. */
  readonly was: string
  readonly now: string
}

/** What identifies a mutant. */
export function keyOf({ file, in: within, was, now }: MutantKey): string {
  return [file, within, was, now].join('\n')
}
export type MutantKey = Pick<Mutant, 'file' | 'in' | 'was' | 'now'>

/** Every mutant of a source, in the order of the text; none twice. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = []
  walk(parse(source), [], (node, around) => {
    for (const rule of RULES[node.type] ?? []) {
      for (const edit of rule(node, { source, around })) {
        found.push(mutant(file, source, edit, within([...around, node])))
      }
    }
  })
  found.sort((a, b) => a.start - b.start || a.end - b.end)
  return [...new Map(found.map((one) => [identity(one), one])).values()]
}

/** The source with the mutant's change. */
export function mutated(source: string, { start, end, text }: Edit): string {
  return source.slice(0, start) + text + source.slice(end)
}

function identity(one: Mutant): string {
  return `${one.start} ${one.end} ${one.text}`
}

function walk(
  node: Node,
  around: readonly Node[],
  visit: (node: Node, around: readonly Node[]) => void,
): void {
  visit(node, around)
  const further = [...around, node]
  for (const below of childrenOf(node)) {
    if (!isType(below)) walk(below, further, visit)
  }
}

/** Types are gone when the program runs; `satisfies` and `as` are not: there is a value inside. */
const VALUES_IN_TYPES = ['TSSatisfiesExpression', 'TSAsExpression']

function isType({ type }: Node): boolean {
  return type.startsWith('TS') && !VALUES_IN_TYPES.includes(type)
}

function mutant(file: string, source: string, edit: Edit, inside: string): Mutant {
  const from = source.lastIndexOf('\n', edit.start - 1) + 1
  const end = source.indexOf('\n', edit.end)
  const to = end < 0 ? source.length : end
  const now = source.slice(from, edit.start) + edit.text + source.slice(edit.end, to)
  const line = source.slice(0, edit.start).split('\n').length
  return { file, in: inside, line, was: tidy(source.slice(from, to)), now: tidy(now), ...edit }
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The names of the functions, constants and properties around a node, joined by points. */
function within(around: readonly Node[]): string {
  return around
    .filter(({ type }) => NAMED.includes(type))
    .map((node) => nameOf(node['id']) || nameOf(node['key']))
    .filter((name) => name !== '')
    .join('.')
}

const NAMED = ['FunctionDeclaration', 'VariableDeclarator', 'Property']
