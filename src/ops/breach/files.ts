import { open, stat } from 'node:fs/promises'
import { UsageError } from '../../protocol/usage.ts'

/** A list as it lies there: a file of lines, packed by gzip or not. */
export type ListFile = {
  readonly path: string
  readonly format: 'json'
  readonly isPacked: boolean
  readonly bytes: number
}

/** Throws UsageError for what is no file, or no UTF-8. */
export async function listFile(path: string): Promise<ListFile> {
  try {
    const info = await stat(path)
    if (!info.isFile()) throw new UsageError(`${path} is no file.`)
    const [first, second] = await firstBytes(path)
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
    if (isUtf16) throw new UsageError(`${path} is UTF-16. Make it UTF-8 first.`)
    const isPacked = first === 0x1f && second === 0x8b
    return { path, format: 'json', isPacked, bytes: info.size }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${path} cannot be read`, { cause: error })
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return buffer.subarray(0, bytesRead)
}
