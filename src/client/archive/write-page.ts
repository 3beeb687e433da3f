import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import type { ArchiveWords } from './archive-words.ts'
import type { Archive, ArchivedVoice } from './format.ts'
import { runPlayer, runSearch } from './page/page-script.ts'
import { PAGE_STYLE } from './page/page-style.ts'

/** The type of the blocks that hold a voice each: no browser runs them. */
export const BLOCK_TYPE = 'application/vnd.pawpost.voice+json'
/** What tells a page of ours, and which kind. */
export const PAGE_MARK = 'pawpost-archive-1'

/**
 * The whole archive as one page that needs nothing but a browser: no server, no network, which its
 * own policy forbids. It is written piece by piece, so that no more than one voice is in memory.
 */
export async function* writePage(
  archive: Archive,
  words: ArchiveWords,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  yield encoder.encode(beginning(archive, words))
  let month = ''
  for await (const voice of archive.voices()) {
    const next = monthOf(voice.at, archive, words)
    const border = next === month ? '' : `${month === '' ? '' : '</ul></section>'}${opening(next)}`
    month = next
    yield encoder.encode(border + row(voice, archive, words))
  }
  yield encoder.encode(`${month === '' ? '' : '</ul></section>'}${end(words)}`)
}

const SCRIPT = [runPlayer, runSearch].map((run) => `(${run.toString()})()`).join(';\n')

function beginning({ about, count }: Archive, words: ArchiveWords): string {
  const title = escaped(words.title(about.family))
  const day = formatted(about.at, about.zone, words, { dateStyle: 'long' })
  return `<!doctype html>
<html lang="${escaped(words.lang)}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${PAGE_MARK}">
<meta name="color-scheme" content="light dark">
<title>${title} · Pawpost</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="soft">${escaped(words.made(day))} ${escaped(counted(words, count))}.</p>
<p class="soft">${escaped(words.keepSafe)}</p>
<noscript><p>${escaped(words.noScript)}</p></noscript>
<p id="cannot" hidden>${escaped(words.cannotPlay)}</p>
<div id="tools" hidden>
<label for="search">${escaped(words.search)}</label>
<input type="search" id="search" autocomplete="off">
<p id="found" role="status"></p>
</div>
`
}

function opening(month: string): string {
  return `<section class="month"><h2>${escaped(month)}</h2><ul>\n`
}

function row(voice: ArchivedVoice, { about }: Archive, words: ArchiveWords): string {
  const { sound, ...note } = voice
  const who = escaped(words.fromTo({ from: note.from || words.somebody, to: note.to }))
  const when = formatted(note.at, about.zone, words, { dateStyle: 'full', timeStyle: 'short' })
  const state = words.states[note.state as keyof ArchiveWords['states']] ?? ''
  const label = escaped(words.play(`${unescaped(words, note)}, ${when}`))
  const block = JSON.stringify({ ...note, sound: base64.encode(sound) }).replaceAll('<', '\\u003c')
  return `<li class="voice"><button type="button" aria-label="${label}"><span aria-hidden="true">▶</span></button>
<div class="words"><span class="who">${who}</span><time datetime="${new Date(note.at).toISOString()}">${escaped(when)}</time><span class="state">${escaped([lengthOf(note.durationMs), state].filter(Boolean).join(' · '))}</span></div>
<script type="${BLOCK_TYPE}">${block}</script></li>
`
}

function unescaped(words: ArchiveWords, { from, to }: { from: string; to: string }): string {
  return words.fromTo({ from: from || words.somebody, to })
}

function end(words: ArchiveWords): string {
  const { found, none } = words
  const said = { found, none, playing: words.playing('{who}') }
  const json = JSON.stringify(said).replaceAll('<', '\\u003c')
  return `</main>
<div id="bar" hidden>
<p id="now" role="status"></p>
<audio id="player" controls aria-label="${escaped(words.player)}"></audio>
<label class="check"><input type="checkbox" id="on-and-on">${escaped(words.onAndOn)}</label>
</div>
<script type="application/json" id="said">${json}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** Only this script, only this style, only sounds that are in the page. */
function policy(): string {
  const hashOf = (text: string): string =>
    `'sha256-${base64.encode(sha256(new TextEncoder().encode(text)))}'`
  return [
    `default-src 'none'`,
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(PAGE_STYLE)}`,
    `media-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
}

function counted({ lang, found }: ArchiveWords, count: number): string {
  const rule = new Intl.PluralRules(lang).select(count)
  return (found[rule] ?? found.other).replace('{count}', String(count))
}

function monthOf(at: number, { about }: Archive, words: ArchiveWords): string {
  return formatted(at, about.zone, words, { month: 'long', year: 'numeric' })
}

function formatted(
  at: number,
  timeZone: string,
  { lang }: ArchiveWords,
  options: Intl.DateTimeFormatOptions,
): string {
  return new Intl.DateTimeFormat(lang, { timeZone, ...options }).format(at)
}

/** `0:07`: minutes and seconds. */
function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
