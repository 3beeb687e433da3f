import { parseAddress } from '../../server/accounts/address.ts'

/**
 * What a line of a list holds: its address in our one form, or none (an empty list). Undefined for
 * what is no record: blank lines, and the line that names the columns.
 */
export type Reader = (line: string) => readonly string[] | undefined

const COLUMN = /^e-?mail([ _-]?address)?$/i
const SEPARATORS = [',', ';', '\t', '|'] as const
type Separator = (typeof SEPARATORS)[number]

/** Longest line that is looked at; an expression of quotes reads no sixteen megabytes. */
const MOST_LINE = 65_536
/** Longest address with whatever quotes stand around it: longer ones are not even looked at. */
const MOST_LETTERS = 512

/** A field in quotes, in which two quotes stand for one (RFC 4180, section 2), or one without. */
const QUOTED = /^ *"((?:[^"]|"")*)" */

/**
 * Reads the lines of one list in their order. If the first names columns, and one of them is called
 * email, that column counts; otherwise every line begins with its address, and whatever follows
 * behind a colon, another separator or a space does not matter.
 */
export function createReader(): Reader {
  let read: Reader | undefined
  return (text) => {
    const line = text.replace(/^\uFEFF/, '').trimEnd()
    if (line === '') return undefined
    if (line.length > MOST_LINE) return []
    if (read) return read(line)
    const columns = columnsOf(line)
    read = columns ?? leading
    return columns ? undefined : read(line)
  }
}

function columnsOf(line: string): Reader | undefined {
  for (const separator of SEPARATORS) {
    const place = fieldsOf(line, separator).findIndex((field) => COLUMN.test(field.trim()))
    if (place !== -1) return (record) => found(fieldsOf(record, separator)[place] ?? '')
  }
  return undefined
}

/** `address`, `address:anything`, `"address","anything"`, `<address>`. */
function leading(text: string): readonly string[] {
  const line = text.trimStart()
  const at = line.indexOf('@')
  const end = line.slice(at).search(/[\s:;,|]/)
  return found(end === -1 ? line : line.slice(0, at + end))
}

function found(text: string): readonly string[] {
  const trimmed = text.trim()
  if (trimmed.length > MOST_LETTERS) return []
  const address = parseAddress(trimmed) ?? parseAddress(trimmed.replaceAll(/^["'<]+|["'>]+$/g, ''))
  return address === undefined ? [] : [address]
}

/** A quote that is not closed in its line is a letter like any other. */
function fieldsOf(line: string, separator: Separator): string[] {
  const fields: string[] = []
  let rest = line
  for (;;) {
    const [whole = '', inner = ''] = QUOTED.exec(rest) ?? []
    const end = rest.indexOf(separator, whole.length)
    const field = end === -1 ? rest : rest.slice(0, end)
    fields.push(field === whole && whole !== '' ? inner.replaceAll('""', '"') : field)
    if (end === -1) return fields
    rest = rest.slice(end + 1)
  }
}
