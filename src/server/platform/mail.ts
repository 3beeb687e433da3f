import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { ensureFolder, writeDurably } from './files.ts'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Sends mail. The promise resolves when the mail is safe: it will leave, whatever happens. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

/**
 * Mail as files in `folder`, named so that they sort by time, for whoever runs Pawpost to hand on.
 * `announce` gets the path of each; never the address.
 */
export async function createOutbox(
  folder: string,
  { clock, domain, announce }: { clock: Clock; domain: string; announce: (path: string) => void },
): Promise<Mailer> {
  await ensureFolder(folder, 0o700)
  let count = 0

  return {
    async send(mail) {
      const at = new Date(clock.now())
      const unique = randomBytes(8).toString('hex')
      const stamp = at.toISOString().replaceAll(/[:.]/g, '-')
      count += 1
      const path = join(folder, `${stamp}-${String(count).padStart(6, '0')}-${unique}.eml`)
      await writeDurably(path, compose(mail, { at, id: `${unique}@${domain}`, domain }))
      announce(path)
    },
  }
}

/** An RFC 5322 message of one plain text part. Throws RangeError on a line break in a header. */
export function compose(
  { to, subject, text }: Mail,
  { at, id, domain }: { at: Date; id: string; domain: string },
): string {
  const headers = {
    From: `Pawpost <pawpost@${domain}>`,
    To: `<${to}>`,
    Subject: subject,
    Date: at.toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${id}>`,
    'Auto-Submitted': 'auto-generated',
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  }
  const lines = Object.entries(headers).map(([name, value]) => header(name, value))
  return [...lines, '', ...text.split(/\r?\n/), ''].join('\r\n')
}

function header(name: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw new RangeError(`a line break in ${name}`)
  return `${name}: ${value}`
}
