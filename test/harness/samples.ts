import { z } from 'zod'
import { ID_SAMPLES } from './ids.ts'

type Schema = {
  readonly type?: string
  readonly $ref?: string
  readonly $defs?: Record<string, Schema>
  readonly properties?: Record<string, Schema>
  readonly items?: Schema
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly default?: unknown
  readonly enum?: readonly unknown[]
}

/** A value that the schema accepts, made from its JSON Schema: new routes are covered by themselves. */
export function sampleOf(schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  return build(json, json.$defs ?? {})
}

function build(schema: Schema, definitions: Record<string, Schema>): unknown {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) return ID_SAMPLES[name] ?? build(definitions[name] ?? {}, definitions)
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'object') return buildObject(schema, definitions)
  if (schema.type === 'array') {
    return Array.from({ length: schema.minItems ?? 1 }, () =>
      build(schema.items ?? {}, definitions),
    )
  }
  if (schema.type === 'string') return buildText(schema)
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  return schema.type === 'boolean'
}

function buildObject({ properties = {} }: Schema, definitions: Record<string, Schema>): unknown {
  const entries = Object.entries(properties)
  return Object.fromEntries(entries.map(([name, each]) => [name, build(each, definitions)]))
}

function buildText({ pattern = '', minLength = 1 }: Schema): string {
  return (pattern.includes('\\d') ? '1' : 'A').repeat(Math.max(minLength, digits(pattern)))
}

function digits(pattern: string): number {
  return Number(/\{(\d+)\}/.exec(pattern)?.[1] ?? 1)
}

/** Values of every wrong kind; each of them breaks most schemas, some break few. */
export const WRONG: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  [],
  {},
  [null],
  { length: 1 },
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  'é'.repeat(50),
  "' OR 1=1 --",
  '../../etc/passwd',
  'A'.repeat(5000),
  '🐻'.repeat(300),
  '%00',
  '-1',
  'NaN',
  'acc-',
  'hh-AAAA',
]

/** The value with each of its parts, at any depth, replaced by every wrong one; left out; added to. */
export function* mutationsOf(value: unknown): Generator {
  yield* WRONG
  if (Array.isArray(value)) {
    for (const wrong of WRONG) yield [wrong]
    yield Array.from({ length: 300 }, (): unknown => value[0] ?? 'A')
  } else if (typeof value === 'object' && value !== null) {
    yield* mutationsOfObject(value)
  }
}

function* mutationsOfObject(value: object): Generator {
  yield { ...value, extra: 1 }
  yield JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(value).slice(1)}`.replace(',}', '}'))
  for (const [name, part] of Object.entries(value)) {
    const { [name]: _left, ...rest } = value as Record<string, unknown>
    yield rest
    for (const mutation of mutationsOf(part)) yield { ...value, [name]: mutation }
  }
}
