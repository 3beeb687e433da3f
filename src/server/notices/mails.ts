import type { Mail } from '../platform/mail.ts'

/** Says that post came, where, and how to hear no more of it. Nothing of whose post it is. */
export function postMail(to: string, { origin, code }: { origin: string; code: string }): Mail {
  const { host } = new URL(origin)
  return {
    to,
    subject: `There is post for you at ${host}`,
    unsubscribe: `${origin}/unsubscribe/${code}`,
    text: `Hello,

there is post for you at ${host}:

${origin}/

You get this mail because you asked for it in "When post comes". To get none any more, open this link
and say so. You need not sign in:

${origin}/unsubscribe#${code}
`,
  }
}
