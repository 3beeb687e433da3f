import { deserialize, ObjectId } from 'bson'
import type { Format } from './export-files.ts'

/** A record of MongoDB, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Where one record points to another: the other's collection, if it is said, and its id. */
export type Pointer = { readonly collection: string | undefined; readonly id: string }

const TEXT = new TextDecoder('utf-8')

/** The fields of a record; undefined when the bytes are no document. */
export function fieldsOf(bytes: Uint8Array, format: Format): Fields | undefined {
  try {
    return format === 'bson' ? fromBson(bytes) : fromJson(bytes)
  } catch {
    return undefined
  }
}

/** A name that is no UTF-8 spoils no address: what is wrong becomes U+FFFD. */
function fromBson(bytes: Uint8Array): Fields {
  return deserialize(bytes, { validation: { utf8: false } })
}

function fromJson(bytes: Uint8Array): Fields | undefined {
  const value: unknown = JSON.parse(TEXT.decode(bytes))
  return isFields(value) ? value : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a record says anything under one of these names. */
export function has(fields: Fields, names: readonly string[]): boolean {
  return names.some((name) => {
    const value = fields[name]
    return value !== undefined && value !== null && value !== ''
  })
}

/** The first text under one of these names. */
export function textIn(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** A record's own id, as text: an ObjectId in hex, or a text as Parse Server makes them. */
export function idIn(fields: Fields): string | undefined {
  return idOf(fields['_id'] ?? fields['objectId'])
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (value instanceof ObjectId) return value.toHexString()
  // Extended JSON v1 and v2 write ObjectIds alike.
  return isFields(value) && typeof value['$oid'] === 'string' ? idOf(value['$oid']) : undefined
}

/**
 * What a field points to: an id, `{$ref, $id}` (DBRef), a Parse pointer `{className, objectId}`, or
 * `_p_name: "Class$id"`, which is how Parse Server stores one.
 */
export function pointerIn(fields: Fields, names: readonly string[]): Pointer | undefined {
  for (const name of names) {
    const found = parsePointer(fields[`_p_${name}`]) ?? pointerOf(fields[name])
    if (found) return found
  }
  return undefined
}

function parsePointer(value: unknown): Pointer | undefined {
  if (typeof value !== 'string') return undefined
  const at = value.indexOf('$')
  return at > 0 ? { collection: value.slice(0, at), id: value.slice(at + 1) } : undefined
}

function pointerOf(value: unknown): Pointer | undefined {
  const own = idOf(value)
  if (own !== undefined) return { collection: undefined, id: own }
  if (!isFields(value)) return undefined
  const id = idOf(value['$id'] ?? value['oid'] ?? value['objectId'])
  const collection = textIn(value, ['$ref', 'collection', 'className'])
  return id === undefined ? undefined : { collection, id }
}

/** The first date under one of these names, in either extended JSON or as a BSON date. */
export function dateIn(fields: Fields, names: readonly string[]): Date | undefined {
  for (const name of names) {
    const at = momentOf(fields[name])
    if (at !== undefined && !Number.isNaN(at)) return new Date(at)
  }
  return undefined
}

function momentOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value
  if (typeof value === 'string') return Date.parse(value)
  if (!isFields(value)) return undefined
  const { $date, $numberLong } = value
  return typeof $numberLong === 'string' ? Number($numberLong) : momentOf($date)
}
