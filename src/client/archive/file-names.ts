/** Letters, digits and marks of any script, and the few signs that no file system minds. */
const UNSAFE = /[^\p{L}\p{N}\p{M} ,'’()-]/gu
const LONGEST_BYTES = 90

/**
 * A name that every file system takes: no separators, no signs that a system reserves, no control or
 * direction characters, not too long in bytes, and nothing that only differs by how it is composed.
 */
export function safeName(name: string): string {
  const clean = name.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim()
  return shortened(clean).trim()
}

function shortened(name: string): string {
  const encoder = new TextEncoder()
  let letters = Array.from(name)
  while (encoder.encode(letters.join('')).length > LONGEST_BYTES) letters = letters.slice(0, -1)
  return letters.join('')
}

/** Gives every name once: systems that do not tell capitals apart would lose one of two. */
export function uniqueNames(): (name: string) => string {
  const taken = new Map<string, number>()
  return (name) => {
    const folded = name.toLowerCase()
    const before = taken.get(folded) ?? 0
    taken.set(folded, before + 1)
    return before === 0 ? name : `${name} (${before + 1})`
  }
}
