import { child, isNode, list, nameOf, type Node } from './syntax.ts'

/** A change of a source: what stands from `start` to `end` becomes `text`. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string }

/** Where a node stands: the whole source, and the nodes around it, innermost last. */
export type Place = { readonly source: string; readonly around: readonly Node[] }

type Rule = (node: Node, place: Place) => readonly Edit[]

/** What is done to each kind of node: every check is removed, inverted, or moved by one. */
export const RULES: Readonly<Record<string, readonly Rule[]>> = {
  ExpressionStatement: [removeStatement],
  IfStatement: [invertTest, neverTest],
  ConditionalExpression: [invertTest],
  WhileStatement: [neverTest],
  LogicalExpression: [dropOperand],
  BinaryExpression: [otherOperator, nudgeConstant],
  UnaryExpression: [dropNot],
  CallExpression: [invertDemand, otherMethod, dropCall, dropPart, invertPredicate, loosenSchema],
  MemberExpression: [loosenId],
  ArrayExpression: [dropElement],
  ObjectExpression: [dropOverride],
  Literal: [otherLiteral],
  TemplateLiteral: [otherTemplate],
  FunctionDeclaration: [emptyFunction],
}

function replace({ start, end }: Node, text: string): Edit {
  return { start, end, text }
}

function textOf({ source }: Place, { start, end }: Node): string {
  return source.slice(start, end)
}

const EFFECTS = ['CallExpression', 'AwaitExpression', 'AssignmentExpression', 'UpdateExpression']

function removeStatement(node: Node): readonly Edit[] {
  return EFFECTS.includes(child(node, 'expression').type) ? [replace(node, ';')] : []
}

const OTHER_OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['+'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
}

/** Comparisons and logic are turned over by rules of their own. */
function invert(node: Node, place: Place): readonly Edit[] {
  const own = ['BinaryExpression', 'LogicalExpression'].includes(node.type)
  const not = node.type === 'UnaryExpression' && node['operator'] === '!'
  if (not || (own && OTHER_OPERATORS[String(node['operator'])])) return []
  return [replace(node, `!(${textOf(place, node)})`)]
}

function invertTest(node: Node, place: Place): readonly Edit[] {
  return invert(child(node, 'test'), place)
}

function neverTest(node: Node): readonly Edit[] {
  return [replace(child(node, 'test'), 'false')]
}

function dropOperand(node: Node, place: Place): readonly Edit[] {
  const [left, right] = [child(node, 'left'), child(node, 'right')]
  return [replace(node, textOf(place, left)), replace(node, textOf(place, right))]
}

function otherOperator(node: Node, place: Place): readonly Edit[] {
  if (isConstant(node)) return []
  const [left, right] = [child(node, 'left'), child(node, 'right')]
  const between = place.source.slice(left.end, right.start)
  const operator = String(node['operator'])
  return (OTHER_OPERATORS[operator] ?? []).map((other) => ({
    start: left.end,
    end: right.start,
    text: between.replace(operator, other),
  }))
}

/** Arithmetic of numbers as they are written, such as 16 * 1024: one number. */
function isConstant(node: Node): boolean {
  if (node.type === 'Literal') return typeof node['value'] === 'number'
  if (node.type !== 'BinaryExpression') return false
  return isConstant(child(node, 'left')) && isConstant(child(node, 'right'))
}

function insideConstant({ around }: Place): boolean {
  const parent = around.at(-1)
  return parent?.type === 'BinaryExpression' && isConstant(parent)
}

function nudgeConstant(node: Node, place: Place): readonly Edit[] {
  if (!isConstant(node) || insideConstant(place)) return []
  const text = textOf(place, node)
  return [replace(node, `(${text} + 1)`), replace(node, `(${text} - 1)`)]
}

function dropNot(node: Node, place: Place): readonly Edit[] {
  if (node['operator'] !== '!') return []
  return [replace(node, textOf(place, child(node, 'argument')))]
}

function invertDemand(node: Node, place: Place): readonly Edit[] {
  const [condition] = list(node, 'arguments')
  return nameOf(node['callee']) === 'demand' && condition ? invert(condition, place) : []
}

const OTHER_METHODS: Readonly<Record<string, string>> = {
  every: 'some',
  some: 'every',
  find: 'findLast',
  findLast: 'find',
}

function otherMethod(node: Node): readonly Edit[] {
  const callee = child(node, 'callee')
  if (callee.type !== 'MemberExpression') return []
  const other = OTHER_METHODS[nameOf(callee)]
  return other === undefined ? [] : [replace(child(callee, 'property'), other)]
}

/** Links of a chain that can be taken out: checks of a schema, and what tidies or copies. */
const DROPPED =
  'min max length startsWith refine optional nullable filter slice sort trim toUpperCase replace padStart'.split(
    ' ',
  )

function dropCall(node: Node, place: Place): readonly Edit[] {
  const callee = child(node, 'callee')
  if (callee.type !== 'MemberExpression') return []
  const object = child(callee, 'object')
  const name = nameOf(callee)
  if (nameOf(object) === 'Object' && name === 'freeze') {
    const [frozen] = list(node, 'arguments')
    return frozen ? [replace(node, textOf(place, frozen))] : []
  }
  const tests = name === 'startsWith' && object.type !== 'CallExpression'
  return DROPPED.includes(name) && !tests ? [replace(node, textOf(place, object))] : []
}

/** What is hashed, signed or sent together: each part left out. */
function dropPart(node: Node): readonly Edit[] {
  if (nameOf(node['callee']) !== 'concatBytes') return []
  return without(list(node, 'arguments'))
}

function dropElement(node: Node): readonly Edit[] {
  return without(list(node, 'elements'))
}

function without(parts: readonly Node[]): readonly Edit[] {
  return parts.map((part, at) => {
    const next = parts[at + 1]
    if (next) return { start: part.start, end: next.start, text: '' }
    return { start: parts[at - 1]?.end ?? part.start, end: part.end, text: '' }
  })
}

/** `{ ...before, changed }`: the change left out. */
function dropOverride(node: Node): readonly Edit[] {
  const properties = list(node, 'properties')
  if (!properties.some(({ type }) => type === 'SpreadElement')) return []
  return without(properties).filter((_, at) => properties[at]?.type === 'Property')
}

const PREDICATES = ['every', 'some', 'filter', 'find', 'findLast', 'refine']

function invertPredicate(node: Node, place: Place): readonly Edit[] {
  const [predicate] = list(node, 'arguments')
  if (!PREDICATES.includes(nameOf(node['callee'])) || !predicate) return []
  const body = predicate['body']
  if (!isNode(body) || body.type === 'BlockStatement') return []
  return invert(body, place)
}

const LOOSER: Readonly<Record<string, string>> = { strictObject: 'object', int: 'number' }

function loosenSchema(node: Node): readonly Edit[] {
  const callee = child(node, 'callee')
  if (callee.type !== 'MemberExpression' || nameOf(callee['object']) !== 'z') return []
  if (nameOf(callee) === 'literal') return [replace(node, 'z.unknown()')]
  const looser = LOOSER[nameOf(callee)]
  return looser === undefined ? [] : [replace(child(callee, 'property'), looser)]
}

function loosenId(node: Node): readonly Edit[] {
  const schema = nameOf(node) === 'schema' && nameOf(node['object']).endsWith('Id')
  return schema ? [replace(node, 'z.string()')] : []
}

function otherLiteral(node: Node, place: Place): readonly Edit[] {
  const value = node['value']
  if (isNode(node['regex']) || node['regex']) return loosenPattern(node, place)
  if (typeof value === 'boolean') return [replace(node, String(!value))]
  if (typeof value === 'string') return isWords(place) ? [] : [otherText(node, place)]
  if (insideConstant(place)) return []
  if (typeof value === 'bigint') return [replace(node, `${value + 1n}n`)]
  if (typeof value !== 'number') return []
  return [replace(node, String(value + 1)), replace(node, `(${String(value - 1)})`)]
}

function otherText(node: Node, place: Place): Edit {
  const text = textOf(place, node)
  return replace(node, `${text.slice(0, -1)}~${text.slice(-1)}`)
}

/** A regular expression that no longer holds on to one of its ends. */
function loosenPattern(node: Node, place: Place): readonly Edit[] {
  const text = textOf(place, node)
  const [open, close] = [text.startsWith('/^'), /\$\/\w*$/.test(text)]
  return [
    ...(open ? [replace(node, `/${text.slice(2)}`)] : []),
    ...(close ? [replace(node, text.replace(/\$\/(\w*)$/, '/$1'))] : []),
  ]
}

function otherTemplate(node: Node, place: Place): readonly Edit[] {
  if (isWords(place)) return []
  return [replace(node, `\`~${textOf(place, node).slice(1)}`)]
}

const NOT_VALUES = ['ImportDeclaration', 'ExportNamedDeclaration', 'TSLiteralType']

/** Text that no program reads: names of modules, types, and what is said to people. */
function isWords({ source, around }: Place): boolean {
  const parent = around.at(-1)
  if (parent && NOT_VALUES.includes(parent.type)) return true
  if (parent?.type === 'NewExpression') return /^(Range|Type)?Error$/.test(nameOf(parent['callee']))
  return around.some(
    (node) =>
      node.type === 'TSSatisfiesExpression' &&
      source.slice(node.start, node.end).endsWith('satisfies Record<string, string>'),
  )
}

/** A function that decides says always the same; one that only checks does nothing. */
function emptyFunction(node: Node, place: Place): readonly Edit[] {
  const body = node['body']
  const type = node['returnType']
  if (!isNode(body) || !isNode(type)) return []
  const returns = textOf(place, type)
  if (/^: void$/.test(returns) || returns.startsWith(': asserts')) return [replace(body, '{}')]
  const decides = returns === ': boolean' || / is /.test(returns)
  return decides ? ['true', 'false'].map((it) => replace(body, `{ return ${it} }`)) : []
}
