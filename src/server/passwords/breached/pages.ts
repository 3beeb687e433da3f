import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { HEADER_BYTES, PAGE_BYTES, unreadable } from './format.ts'

/** The data of a filter file, read by the page; at most so many pages are kept as was asked. */
export interface Pages {
  /** The page if it is at hand. */
  peek(page: number): Uint8Array | undefined
  /** Reads a page. Throws `breach-list-unreadable` when it is not as it was written. */
  read(page: number): Promise<Uint8Array>
}

/**
 * Pages are dropped in the order they came: hashes are spread evenly, so no page is used more often
 * than another and nothing is gained by keeping track of use.
 */
export function createPages(
  file: FileHandle,
  data: { readonly length: number; readonly checksums: Uint32Array },
  keep: number,
): Pages {
  const kept = new Map<number, Uint8Array>()

  function add(page: number, bytes: Uint8Array): void {
    kept.set(page, bytes)
    for (const oldest of kept.keys()) {
      if (kept.size <= keep) return
      kept.delete(oldest)
    }
  }

  return {
    peek: (page) => kept.get(page),
    async read(page) {
      const start = page * PAGE_BYTES
      const bytes = Buffer.alloc(Math.min(PAGE_BYTES, data.length - start))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, HEADER_BYTES + start)
      if (bytesRead !== bytes.length || crc32(bytes) !== data.checksums[page]) {
        throw unreadable(`page ${page}`)
      }
      add(page, bytes)
      return bytes
    },
  }
}

/** The CRC-32 of each page of data that arrive in pieces. */
export function createChecksums(): { add(bytes: Uint8Array): void; all(): Uint32Array } {
  const done: number[] = []
  let current = 0
  let filled = 0
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, at + PAGE_BYTES - filled)
        current = crc32(piece, current)
        filled += piece.length
        at += piece.length
        if (filled < PAGE_BYTES) continue
        done.push(current)
        current = 0
        filled = 0
      }
    },
    all: () => Uint32Array.from(filled > 0 ? [...done, current] : done),
  }
}
