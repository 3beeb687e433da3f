import { WORDS } from '../mail/mail.ts'
import type { Mail, Recipient } from '../platform/mail.ts'
import { isAsked } from './breaches.ts'
import type { Finding } from './store.ts'

/** Tells an owner of everything that was found, and asks for a new password where that is needed. */
export function breachMail(
  who: Recipient,
  findings: readonly Finding[],
  { passwordSetAt, origin }: { passwordSetAt: Date; origin: string },
): Mail {
  const said = WORDS[who.language].breach({
    lists: listsOf(findings),
    origin,
    isAsked: findings.some(({ foundAt }) => isAsked(foundAt, passwordSetAt)),
  })
  return { ...who, ...said }
}

/** The latest first. */
function listsOf(findings: readonly Finding[]): { source: string; day: string }[] {
  return findings
    .toSorted((one, other) => other.foundAt.getTime() - one.foundAt.getTime())
    .map(({ source, foundAt }) => ({ source, day: foundAt.toISOString().slice(0, 10) }))
}
