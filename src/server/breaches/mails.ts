import type { Mail } from '../platform/mail.ts'
import { isAsked } from './breaches.ts'
import type { Finding } from './store.ts'

/** Tells an owner of everything that was found, and asks for a new password where that is needed. */
export function breachMail(
  to: string,
  findings: readonly Finding[],
  { passwordSetAt, origin }: { passwordSetAt: Date; origin: string },
): Mail {
  const isNeeded = findings.some(({ foundAt }) => isAsked(foundAt, passwordSetAt))
  return {
    to,
    subject: isNeeded
      ? 'Please choose a new password for Pawpost'
      : 'Your address was stolen elsewhere',
    text: `Hello,

your e-mail address is on a list that thieves carry around. It was stolen from somebody else, not
from Pawpost:

${linesOf(findings)}

Such lists often hold passwords, too, and thieves try them everywhere.

${isNeeded ? asked(origin) : YOUNGER}

If you use one password in several places, please give each of them a password of its own, above all
your mailbox. And do not trust mails that know something about you: these lists are used for such
letters as well. We never ask for your password in a mail.

You get this mail once.
`,
  }
}

/** The latest first. */
function linesOf(findings: readonly Finding[]): string {
  return findings
    .toSorted((one, other) => other.foundAt.getTime() - one.foundAt.getTime())
    .map(({ source, foundAt }) => `  ${source} (known since ${foundAt.toISOString().slice(0, 10)})`)
    .join('\n')
}

function asked(origin: string): string {
  return `We ask you to choose a new password for Pawpost. Please sign in as you always do, open "Settings"
and choose "Change your password". Until then you can sign in as before. Pawpost is here:

${origin}`
}

const YOUNGER = `You chose your password for Pawpost after that: here you need not do anything.`
