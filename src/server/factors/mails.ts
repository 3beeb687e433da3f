import type { Mail } from '../platform/mail.ts'
import type { FactorNews } from './parts.ts'

const SIGNED_OUT = 'Everywhere else, the account is signed out.'

const WORDS = {
  'factor-added': {
    subject: 'A second factor was added to your account',
    what: `a second factor (an authenticator app or a passkey) was just added to your account.
${SIGNED_OUT}`,
  },
  'factor-removed': {
    subject: 'A second factor was removed from your account',
    what: `a second factor (an authenticator app or a passkey) was just removed from your account.
${SIGNED_OUT}`,
  },
  'second-factor-failed': {
    subject: 'Somebody knows your password',
    what: `somebody just signed in with your password, but could not show your second factor. They did
not get in.`,
  },
  'recovery-code-used': {
    subject: 'A recovery code was used',
    what: 'somebody just signed in with your password and one of your recovery codes.',
  },
  'recovery-codes-renewed': {
    subject: 'You have new recovery codes',
    what: `new recovery codes were just made for your account. The old ones no longer work.
${SIGNED_OUT}`,
  },
  'device-remembered': {
    subject: 'A device is not asked for your second factor any more',
    what: `somebody just signed in with your password and your second factor, and ticked that this
device shall not be asked for the second factor again for 90 days.`,
  },
} as const satisfies Record<FactorNews, { subject: string; what: string }>

/** Tells the owner of an account what happened to its factors. */
export function factorMail(news: FactorNews, to: string): Mail {
  const { subject, what } = WORDS[news]
  return {
    to,
    subject,
    text: `Hello,

${what}

If it was you, you need not do anything. If it was not, please sign in to Pawpost now, change your
password, and look at the second factors in the settings of your account.
`,
  }
}
