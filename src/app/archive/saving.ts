/** A file that is being written, on its way to where the person wants it. */
export type Sink = {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>
  /** The file is whole: it is kept, or handed to the person. */
  keep(): Promise<void>
  /** Nothing of it stays. */
  drop(): Promise<void>
}

/** The part of the File System Access API that the DOM's types do not know. */
type Picker = { showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle> }

/** Pieces are given to the browser in parts of this size: it keeps large ones on its disk. */
const PART = 4 * 1024 * 1024

/**
 * Where a file goes: straight to the disk where the browser asks for a place, otherwise to the
 * downloads when it is whole. Call it from a click. Throws an AbortError for who chooses no place.
 */
export async function openSink(name: string, type: string): Promise<Sink> {
  const { showSaveFilePicker: pick } = globalThis as Picker
  if (pick === undefined) return toDownloads(name, type)
  const handle = await pick.call(globalThis, { suggestedName: name })
  const file = await handle.createWritable()
  return {
    write: (piece) => file.write(piece),
    keep: () => file.close(),
    drop: () => file.abort(),
  }
}

function toDownloads(name: string, type: string): Sink {
  const parts: Blob[] = []
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const pack = (): void => {
    parts.push(new Blob(pieces))
    pieces = []
    size = 0
  }
  return {
    async write(piece) {
      pieces.push(piece)
      size += piece.length
      if (size >= PART) pack()
    },
    async keep() {
      pack()
      download(new Blob(parts, { type }), name)
    },
    drop: () => Promise.resolve(),
  }
}

/** Hands a file to the browser's downloads. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The bytes of a chosen file, piece by piece. */
export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PART) {
    yield new Uint8Array(await file.slice(at, at + PART).arrayBuffer())
  }
}
