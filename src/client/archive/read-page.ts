import { base64 } from '@scure/base'
import { z } from 'zod'
import { PawpostError } from '../../protocol/errors.ts'
import { SOUND_BYTES, voiceNote, type ArchivedVoice } from './format.ts'
import { BLOCK_TYPE, PAGE_MARK } from './write-page.ts'

const BEGIN = `<script type="${BLOCK_TYPE}">`
const END = '</script>'
/** Letters of one voice at most: its sound in base64, and what is said of it. */
const LONGEST_BLOCK = Math.ceil(SOUND_BYTES / 3) * 4 + 8192
/** Where a page says at its beginning what it is. */
const HEAD = 8192

const block = voiceNote.extend({ sound: z.string().max(LONGEST_BLOCK) })

/**
 * The voices of an archive's page, one by one as the file is read. Somebody may have written it by
 * hand: nothing of it is shown, run or believed, only taken apart. Throws `archive-unreadable`.
 */
export async function* readPage(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedVoice> {
  let isKnown = false
  let rest = ''
  for await (const text of textsOf(pieces)) {
    rest += text
    if (!isKnown && rest.length < HEAD && !rest.includes(PAGE_MARK)) continue
    isKnown = isKnown || demandPage(rest)
    for (let found = cut(rest); found; found = cut(rest)) {
      rest = found.after
      yield voiceOf(found.block)
    }
    rest = kept(rest)
  }
  if (!isKnown) demandPage(rest)
  // A part is no archive: somebody would miss what is not in it.
  if (rest.includes(BEGIN) || !rest.trimEnd().endsWith('</html>')) throw unreadable()
}

async function* textsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

function demandPage(text: string): true {
  if (!text.slice(0, HEAD * 2).includes(PAGE_MARK)) throw unreadable()
  return true
}

function cut(text: string): { block: string; after: string } | undefined {
  const from = text.indexOf(BEGIN)
  const to = from < 0 ? -1 : text.indexOf(END, from)
  if (to < 0) return undefined
  return { block: text.slice(from + BEGIN.length, to), after: text.slice(to + END.length) }
}

/** What may still be the beginning of a voice. */
function kept(text: string): string {
  const from = text.indexOf(BEGIN)
  if (from < 0) return text.slice(-BEGIN.length)
  if (text.length - from > LONGEST_BLOCK + BEGIN.length) throw unreadable()
  return text.slice(from)
}

function voiceOf(text: string): ArchivedVoice {
  try {
    const { sound, ...note } = block.parse(JSON.parse(text))
    const bytes = base64.decode(sound)
    if (bytes.length === 0 || bytes.length > SOUND_BYTES) throw unreadable()
    return { ...note, sound: bytes }
  } catch {
    throw unreadable()
  }
}

function unreadable(): PawpostError {
  return new PawpostError('archive-unreadable')
}
