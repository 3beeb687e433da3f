import { parseAst } from 'rolldown/parseAst'

/** A node of the syntax tree (ESTree with TypeScript's nodes); `start` and `end` are offsets. */
export type Node = {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** Parses TypeScript. Throws on a syntax error. */
export function parse(source: string): Node {
  return parseAst(source, { lang: 'ts' }) as unknown as Node
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/** The nodes directly below a node, in no particular order. */
export function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

/** One field of a node that is a node. Throws where the tree has none: a mistake in a rule. */
export function child(node: Node, field: string): Node {
  const value = node[field]
  if (!isNode(value)) throw new TypeError(`${node.type} has no ${field}`)
  return value
}

/** One field of a node that is a list of nodes; what is not there is an empty list. */
export function list(node: Node, field: string): readonly Node[] {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** The name of an identifier, or of a member that is written with a point; else ''. */
export function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return String(node['name'])
  if (node.type === 'MemberExpression' && node['computed'] !== true) return nameOf(node['property'])
  return ''
}
