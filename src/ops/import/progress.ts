import type { FileReport } from './importing.ts'

const EVERY_MS = 2000

/** Tells now and then how far a file is, on a line of its own: `User: 41 %, 336,000 records`. */
export function sayProgress(to: {
  write(text: string): unknown
}): (report: FileReport, bytes: number) => void {
  let said = performance.now()
  return ({ file, tally }, bytes) => {
    const now = performance.now()
    if (now - said < EVERY_MS) return
    said = now
    const percent = Math.min(100, Math.floor((bytes / file.bytes) * 100))
    const kept = tally.imported > 0 ? `, ${tally.imported.toLocaleString('en')} taken over` : ''
    to.write(`${file.kind}: ${percent} %, ${tally.read.toLocaleString('en')} records${kept}\n`)
  }
}
