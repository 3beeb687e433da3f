/** A mail as a mail program shows it. */
export type ReadMail = {
  readonly to: string
  /** Content-Language. */
  readonly language: string
  readonly subject: string
  readonly text: string
  /** The page beside the text, if there is one. */
  readonly page: string | undefined
  readonly headers: ReadonlyMap<string, string>
}

/** Reads one of our mails (RFC 5322, 2047, 2046). Throws where something is not as it should be. */
export function readMail(mail: string): ReadMail {
  const { headers, body } = split(mail)
  const get = (name: string): string => headers.get(name) ?? ''
  const boundary = /^multipart\/alternative; boundary="(.+)"$/.exec(get('content-type'))?.[1]
  const parts = boundary === undefined ? [mail.replace(/\r\n$/, '')] : partsOf(body, boundary)
  return {
    to: get('to').slice(1, -1),
    language: get('content-language'),
    subject: decoded(get('subject')),
    text: partOf(parts, 'plain') ?? '',
    page: partOf(parts, 'html'),
    headers,
  }
}

type Split = { readonly headers: ReadonlyMap<string, string>; readonly body: string }

function split(part: string): Split {
  const at = part.indexOf('\r\n\r\n')
  const lines = part.slice(0, at).replaceAll('\r\n ', ' ').split('\r\n')
  const fields = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([\w-]+): ([ -~]*)$/.exec(line) ?? []
    if (name === '') throw new Error(`no header: ${line}`)
    return [name.toLowerCase(), value]
  })
  return { headers: new Map(fields), body: part.slice(at + 4) }
}

function partsOf(body: string, boundary: string): readonly string[] {
  const [before, ...parts] = body.split(`--${boundary}`)
  if (before !== '' || parts.pop() !== '--\r\n') throw new Error('the parts do not end')
  return parts.map((part) => part.replace(/^\r\n/, '').replace(/\r\n$/, ''))
}

function partOf(parts: readonly string[], kind: string): string | undefined {
  const type = `text/${kind}; charset=utf-8`
  const found = parts.map(split).find(({ headers }) => headers.get('content-type') === type)
  return found?.body.replaceAll('\r\n', '\n')
}

function decoded(value: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return value
    .replaceAll(/(?<=\?=) (?==\?)/g, '')
    .replaceAll(/=\?utf-8\?B\?([\w+/=]*)\?=/g, (_, word: string) =>
      decoder.decode(Buffer.from(word, 'base64')),
    )
}
