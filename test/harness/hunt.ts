/** Something that must not be found, in one of the forms it may take. */
export type Needle = {
  /** What it stands for, such as `child`. */
  readonly name: string
  /** How it is written, such as `utf-16le`. */
  readonly form: string
  readonly bytes: Uint8Array
}

/** A needle that was found, and where. */
export type Hit = {
  readonly name: string
  readonly form: string
  readonly place: string
  readonly at: number
}

/** Bytes at the beginning of a needle that the hunter looks at first: shorter needles are refused. */
const TRAP = 3
/** What fell into a trap is looked at again, by so many bytes where no needle is shorter. */
const WIDTH = 8

/**
 * Looks for many needles in one pass. Feed it the pieces of a source in order; a needle across the
 * border of two pieces is found too.
 */
export type Hunter = {
  /** Every occurrence in the pieces of one source. */
  hunt(place: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Hit[]>
}

/** Makes a hunter of all `needles`, each of at least four bytes. */
export function createHunter(needles: readonly Needle[]): Hunter {
  const traps = setTraps(needles)
  const overlap = Math.max(...new Set(needles.map(({ bytes }) => bytes.length))) - 1
  return {
    async hunt(place, pieces) {
      const hits: Hit[] = []
      let rest = Buffer.alloc(0)
      let from = 0
      for await (const piece of pieces) {
        const window = Buffer.concat([rest, piece])
        // What begins in the last bytes may go on in the next piece: it is looked at again.
        const end = Math.max(0, window.length - overlap)
        hits.push(
          ...search(traps, window, end).map((hit) => ({ ...hit, place, at: from + hit.at })),
        )
        rest = window.subarray(end)
        from += end
      }
      const last = search(traps, rest, rest.length)
      return [...hits, ...last.map((hit) => ({ ...hit, place, at: from + hit.at }))]
    },
  }
}

type Traps = {
  readonly set: Uint8Array
  /** How many bytes a print is made of. */
  readonly width: number
  readonly by: ReadonlyMap<number, readonly Needle[]>
}

function setTraps(needles: readonly Needle[]): Traps {
  const set = new Uint8Array(1 << (8 * TRAP))
  const width = Math.min(WIDTH, ...new Set(needles.map(({ bytes }) => bytes.length)))
  const by = new Map<number, Needle[]>()
  for (const needle of needles) {
    if (needle.bytes.length <= TRAP) throw new RangeError(`${needle.name} is too short to hunt`)
    set[trapAt(needle.bytes, 0)] = 1
    const print = printAt(needle.bytes, 0, width)
    const alike = by.get(print)
    if (alike) alike.push(needle)
    else by.set(print, [needle])
  }
  return { set, width, by }
}

function trapAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
}

/** FNV-1a. */
function printAt(bytes: Uint8Array, from: number, width: number): number {
  let print = 0x811c9dc5
  for (let at = from; at < from + width; at += 1) {
    print = Math.imul(print ^ (bytes[at] ?? 0), 0x01000193)
  }
  return print
}

/** Needles that begin before `end`. */
function search({ set, width, by }: Traps, window: Buffer, end: number): Omit<Hit, 'place'>[] {
  const hits: Omit<Hit, 'place'>[] = []
  let trap = trapAt(window, 0) >>> 8
  for (let at = 0; at < end; at += 1) {
    trap = ((trap << 8) | (window[at + 2] ?? 0)) & 0xffffff
    if (set[trap] === 0) continue
    for (const { name, form, bytes } of by.get(printAt(window, at, width)) ?? []) {
      if (window.subarray(at, at + bytes.length).equals(bytes)) hits.push({ name, form, at })
    }
  }
  return hits
}

/** A text in every form it may lie in: encodings of letters, and encodings of those bytes. */
export function textNeedles(name: string, text: string): readonly Needle[] {
  const utf8 = Buffer.from(text)
  const letters: readonly (readonly [form: string, bytes: Buffer])[] = [
    ['utf-8', utf8],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  ]
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^ -~]/g, escapedLetter)
  const written = escaped === text ? [] : [{ name, form: 'json', bytes: Buffer.from(escaped) }]
  const plain = letters.map(([form, bytes]) => ({ name, form, bytes }))
  return unique([...plain, ...written, ...letters.flatMap(([, bytes]) => coded(name, bytes))])
}

function escapedLetter(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Bytes in every form they may lie in. */
export function byteNeedles(name: string, bytes: Uint8Array): readonly Needle[] {
  return unique([{ name, form: 'bytes', bytes }, ...coded(name, Buffer.from(bytes))])
}

/** Bytes as hex and base64. What surrounds them decides where base64 begins: three alignments. */
function coded(name: string, bytes: Buffer): readonly Needle[] {
  const hex = bytes.toString('hex')
  const aligned = [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
    // The first letters depend on what is before, the last on what follows.
    const first = shift === 0 ? 0 : shift + 1
    const last = Math.floor((padded.length * 8) / 6)
    const cut = (text: string): string => text.slice(first, last)
    return [
      ['base64', cut(padded.toString('base64'))],
      ['base64url', cut(padded.toString('base64url'))],
    ] as const
  })
  const forms = [['hex', hex], ['hex', hex.toUpperCase()], ...aligned] as const
  return forms.map(([form, text]) => ({ name, form, bytes: Buffer.from(text) }))
}

function unique(needles: readonly Needle[]): readonly Needle[] {
  const seen = new Map(
    needles.map((needle) => [Buffer.from(needle.bytes).toString('latin1'), needle]),
  )
  return [...seen.values()]
}
