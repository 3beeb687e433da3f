import { WORDS } from '../mail/mail.ts'
import type { Mail, Recipient } from '../platform/mail.ts'

/** Says that post came, where, and how to hear no more of it. Nothing of whose post it is. */
export function postMail(who: Recipient, { origin, code }: { origin: string; code: string }): Mail {
  const { host } = new URL(origin)
  const stop = `${origin}/unsubscribe#${code}`
  const said = WORDS[who.language].post({ host, origin, stop })
  return { ...who, ...said, unsubscribe: `${origin}/unsubscribe/${code}` }
}
