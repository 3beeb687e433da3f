import assert from 'node:assert/strict'
import type { z } from 'zod'
import { toCbor } from '../../src/protocol/cbor.ts'

/**
 * The edges of one field of a shape: values that are just right, and values that are just wrong. The
 * path leads to the field, its parts separated by points; numbers are places in lists.
 */
export type Edge = {
  readonly path: string
  readonly right: readonly unknown[]
  readonly wrong: readonly unknown[]
}

/** Asserts that a shape takes an honest value, every value at its edges, and none beyond. */
export function demandEdges(schema: z.ZodType, honest: unknown, edges: readonly Edge[]): void {
  assert.ok(schema.safeParse(honest).success, 'the honest value')
  for (const { path, right, wrong } of edges) {
    for (const value of right) {
      assert.ok(schema.safeParse(replaced(honest, path, value)).success, `${path}: ${told(value)}`)
    }
    for (const value of wrong) {
      assert.ok(!schema.safeParse(replaced(honest, path, value)).success, `${path}: ${told(value)}`)
    }
  }
}

/** A copy of a value with the field at a path replaced, or added. */
function replaced(whole: unknown, path: string, value: unknown): unknown {
  const [first = '', ...rest] = path.split('.')
  if (Array.isArray(whole)) {
    const at = Number(first)
    return whole.with(at, rest.length === 0 ? value : replaced(whole[at], rest.join('.'), value))
  }
  const fields = whole as Readonly<Record<string, unknown>>
  const next = rest.length === 0 ? value : replaced(fields[first], rest.join('.'), value)
  return { ...fields, [first]: next }
}

function told(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return `${value.length} entries`
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)
}

/** Byte strings of `min` to `max` bytes, and one byte less and more. */
export function sizes(path: string, min: number, max = min): Edge {
  const of = (length: number): Uint8Array => new Uint8Array(length)
  return {
    path,
    right: [of(min), of(max)],
    wrong: [of(max + 1), ...(min > 0 ? [of(min - 1)] : []), 'AAAA', null],
  }
}

/** Lists of `min` to `max` entries like the one given, and one entry less and more. */
export function lengths(
  path: string,
  entry: (at: number) => unknown,
  min: number,
  max: number,
): Edge {
  const of = (length: number): unknown[] => Array.from({ length }, (_, at) => entry(at))
  return {
    path,
    right: [of(min), of(max)],
    wrong: [of(max + 1), ...(min > 0 ? [of(min - 1)] : [])],
  }
}

/** Whole numbers from `min` on, to `max` if there is one. */
export function counts(path: string, min: number, max?: number): Edge {
  const wrong = [min - 1, min + 0.5, String(min), null]
  if (max === undefined) return { path, right: [min, Number.MAX_SAFE_INTEGER], wrong }
  return { path, right: [min, max], wrong: [...wrong, max + 1] }
}

/** An id: one of another kind is none, and nor is any other text. */
export function ids(path: string): Edge {
  return { path, right: [], wrong: [`acc-${'A'.repeat(22)}`, '', 'x', null, 1] }
}

/**
 * A reader of CBOR as the schema that it is: it takes a value or refuses its bytes for `reason`;
 * any other end of it is a failure.
 */
export function schemaOf(read: (bytes: Uint8Array) => unknown, reason: string): z.ZodType {
  const safeParse = (value: unknown): { success: boolean } => {
    try {
      read(toCbor(value))
      return { success: true }
    } catch (error) {
      assert.equal((error as { reason?: string }).reason, reason)
      return { success: false }
    }
  }
  return { safeParse } as z.ZodType
}
