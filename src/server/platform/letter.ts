import type { Language } from '../../protocol/api/languages.ts'

/** Whom a mail goes to, and in which language it is written. */
export type Recipient = { readonly to: string; readonly language: Language }

export type Mail = Recipient & {
  readonly subject: string
  readonly text: string
  /** Where a mail program ends mails of this kind by one POST (RFC 2369, RFC 8058). */
  readonly unsubscribe?: string
}

/**
 * Read from the right. A plain text does not say so, and mail programs put it to the left with its
 * full stops at the wrong ends: such a mail says the same once more as a page that does.
 */
const FROM_THE_RIGHT: ReadonlySet<Language> = new Set(['ar'])

type Letter = { readonly at: Date; readonly id: string; readonly domain: string }
type Headers = Readonly<Record<string, string>>

const IN_UTF8 = 'charset=utf-8'
const AS_IT_IS = { 'Content-Transfer-Encoding': '8bit' } as const

/** An RFC 5322 message. Throws RangeError on a line break in a header. */
export function compose(mail: Mail, letter: Letter): string {
  const { to, language, subject, unsubscribe } = mail
  const content = contentOf(mail, letter)
  const whose = { From: `Pawpost <pawpost@${letter.domain}>`, To: `<${to}>` }
  const headers = {
    Date: letter.at.toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${letter.id}>`,
    'Auto-Submitted': 'auto-generated',
    'MIME-Version': '1.0',
    'Content-Language': language,
    ...content.headers,
    ...(unsubscribe !== undefined && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  }
  const about = `Subject: ${encodedWords(oneLine('Subject', subject))}`
  return [...linesOf(whose), about, ...linesOf(headers), '', ...content.lines, ''].join('\r\n')
}

type Content = { readonly headers: Headers; readonly lines: readonly string[] }

function contentOf(mail: Mail, { id }: Letter): Content {
  const text = textOf(mail.text)
  if (!FROM_THE_RIGHT.has(mail.language)) return text
  const page = { headers: typeOf('html'), lines: pageOf(mail).split('\n') }
  const boundary = `pawpost-${id.replaceAll(/[^\da-z]/gi, '').slice(0, 40)}`
  const parts = [text, page].flatMap(({ headers, lines }) => [
    `--${boundary}`,
    ...linesOf(headers),
    '',
    ...lines,
  ])
  return {
    headers: { 'Content-Type': `multipart/alternative; boundary="${boundary}"`, ...AS_IT_IS },
    lines: [...parts, `--${boundary}--`],
  }
}

function textOf(text: string): Content {
  return { headers: typeOf('plain'), lines: text.split(/\r?\n/) }
}

function typeOf(kind: 'plain' | 'html'): Headers {
  return { 'Content-Type': `text/${kind}; ${IN_UTF8}`, ...AS_IT_IS }
}

/** The same words as a page: paragraphs, and what is to be opened or copied in its own direction. */
function pageOf({ language, subject, text }: Mail): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(lineOf).join('<br>\n')}</p>`)
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="rtl">`,
    `<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body dir="rtl">',
    ...paragraphs,
    '</body>',
    '</html>',
  ].join('\n')
}

function lineOf(line: string): string {
  const safe = escaped(line.trim())
  if (/^https?:\/\/\S+$/.test(safe)) return `<a dir="ltr" href="${safe}">${safe}</a>`
  return /^[\w-]+$/.test(safe) ? `<span dir="ltr">${safe}</span>` : safe
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

function linesOf(headers: Headers): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(name, value)}`)
}

function oneLine(name: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError(`a line break in ${name}`)
  return value
}

/** Bytes of an encoded word: base64 of them fits into the first line of a header. */
const WORD = 39

/** RFC 2047: what is not ASCII travels in words of base64, none of which cuts a letter in two. */
function encodedWords(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  const words: string[] = []
  let word = ''
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > WORD) {
      words.push(word)
      word = ''
    }
    word += letter
  }
  return [...words, word]
    .map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`)
    .join('\r\n ')
}
