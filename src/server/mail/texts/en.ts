import type { FactorNews } from '../../factors/factors.ts'
import { isolated } from '../isolated.ts'
import { pluralOf } from '../plural.ts'

/*
 * Everything that Pawpost says by mail, and in the files that it hands out. Other languages have the
 * type of these words, so that a sentence that is missing does not compile. Links and codes stand on
 * lines of their own, or last on a line: so they can be opened and copied.
 */

export type Words = typeof en
/** What a mail says. */
export type Said = { readonly subject: string; readonly text: string }

const plural = pluralOf('en')
const minutes = (count: number): string =>
  plural(count, { one: '1 minute', other: `${count} minutes` })
const days = (count: number): string => plural(count, { one: '1 day', other: `${count} days` })
const name = (text: string): string => isolated(text, 'ltr')

type Link = { readonly link: string; readonly minutes: number }
type Code = { readonly code: string; readonly minutes: number }
/** Empty where it is not known. */
type SignIn = {
  readonly at: string
  readonly browser: string
  readonly system: string
  readonly place: string
}
/** Whose lists hold an address, and since which day that is known; and what is asked for then. */
type Breach = {
  readonly lists: readonly { readonly source: string; readonly day: string }[]
  readonly origin: string
  readonly isAsked: boolean
}

const account = {
  code: ({ code, minutes: count }: Code): Said => ({
    subject: 'Your code for Pawpost',
    text: `Hello,

here is the code that confirms your e-mail address for Pawpost:

Code: ${code}

Please enter it where you signed up. It is good for ${minutes(count)}.

If it was not you who signed up, you need not do anything: without the code, nothing happens.
`,
  }),
  known: (): Said => ({
    subject: 'You have a Pawpost account already',
    text: `Hello,

somebody, probably you, just tried to open a Pawpost account with this e-mail address. There is one
already: please sign in with the password that you chose for it.

If it was not you, you need not do anything: your account is as it was.
`,
  }),
  blocked: ({ link, minutes: count }: Link): Said => ({
    subject: 'Somebody tries passwords at your Pawpost account',
    text: `Hello,

somebody tries to sign in to your Pawpost account and does not know the password. From there, we do
not look at any password for a while, not even at the right one. Where you are signed in, everything
goes on as before.

If it was you, and you cannot get in: please open this link in the browser in which you want to sign
in. It is good for ${minutes(count)}. You still need your password.

${link}

If it was not you, you need not do anything. A long password that you use nowhere else, and a second
factor, keep such people out.
`,
  }),
  newBrowser: ({ at, browser, system, place }: SignIn): Said => {
    const machine = system === '' ? browser : `${browser} on ${system}`
    const lines = [
      `When: ${name(at)}`,
      browser === '' ? '' : `With: ${name(machine)}`,
      place === '' ? '' : `Where: somewhere in the network ${name(place)}`,
    ]
    return {
      subject: 'A new sign-in to your Pawpost account',
      text: `Hello,

somebody, probably you, signed in to your Pawpost account in a browser that was not used for it
before:

${lines.filter((line) => line !== '').join('\n')}

If it was you, you need not do anything. If it was not: please sign in, open "Settings", end that
session, and choose a new password. What the family says to each other stays closed to whoever is
signed in only: that takes a device that a guardian let in.
`,
    }
  },
  deleted: (): Said => ({
    subject: 'Your Pawpost account is deleted',
    text: `Hello,

as you asked, your Pawpost account is deleted: your address, your password, your sessions. We cannot
bring it back. What you were in your family belongs to the family, and a guardian can remove you
there.

This is the last mail that you get from us.
`,
  }),
}

const password = {
  passwordChanged: (): Said => ({
    subject: 'Your Pawpost password was changed',
    text: `Hello,

the password of your Pawpost account was just changed. Everywhere else, the account is signed out.

If it was you, you need not do anything. If it was not: please ask for a new password where you sign
in. We mail you a code for that.
`,
  }),
  reset: ({ link, code, minutes: count }: Link & Code): Said => ({
    subject: 'A new password for Pawpost',
    text: `Hello,

somebody, probably you, wants a new password for your Pawpost account. Please open this link and
choose one. It is good for ${minutes(count)}, and once.

${link}

Or enter this code where you asked for it:

Code: ${code}

If it was not you, you need not do anything: your password is as it was.
`,
  }),
  breached: (): Said => ({
    subject: 'Please choose a new password for Pawpost',
    text: `Hello,

you just signed in to Pawpost with a password that is on a list that thieves try: it was stolen from
some other service. Please choose a new one in "Settings", and wherever else you use it.
`,
  }),
  mustChange: ({ link, code, minutes: count }: Link & Code): Said => ({
    subject: 'Please choose a new password for Pawpost',
    text: `Hello,

somebody, probably you, just signed in to Pawpost with your password. It is too short, or on a list
that thieves try, so nobody is let in with it any more. Please open this link and choose a new one.
It is good for ${minutes(count)}, and once.

${link}

Or enter this code where you ask for a new password:

Code: ${code}

If you use the same password elsewhere, please change it there, too.
`,
  }),
}

const SIGNED_OUT = 'Everywhere else, the account is signed out.'

function factorNews(subject: string, what: string): Said {
  return {
    subject,
    text: `Hello,

${what}

If it was you, you need not do anything. If it was not, please sign in to Pawpost now, change your
password, and look at the second factors in the settings of your account.
`,
  }
}

/** For how long a device is remembered. */
type Remembered = { readonly days: number }

const factors: Readonly<Record<FactorNews, (given: Remembered) => Said>> = {
  'factor-added': () =>
    factorNews(
      'A second factor was added to your account',
      `a second factor (an authenticator app or a passkey) was just added to your account.
${SIGNED_OUT}`,
    ),
  'factor-removed': () =>
    factorNews(
      'A second factor was removed from your account',
      `a second factor (an authenticator app or a passkey) was just removed from your account.
${SIGNED_OUT}`,
    ),
  'second-factor-failed': () =>
    factorNews(
      'Somebody knows your password',
      `somebody just signed in with your password, but could not show your second factor. They did
not get in.`,
    ),
  'recovery-code-used': () =>
    factorNews(
      'A recovery code was used',
      'somebody just signed in with your password and one of your recovery codes.',
    ),
  'recovery-codes-renewed': () =>
    factorNews(
      'You have new recovery codes',
      `new recovery codes were just made for your account. The old ones no longer work.
${SIGNED_OUT}`,
    ),
  'device-remembered': ({ days: count }) =>
    factorNews(
      'A device is not asked for your second factor any more',
      `somebody just signed in with your password and your second factor, and ticked that this
device shall not be asked for the second factor again for ${days(count)}.`,
    ),
}

const asked = (origin: string): string =>
  `We ask you to choose a new password for Pawpost. Please sign in as you always do, open "Settings"
and choose "Change your password". Until then you can sign in as before. Pawpost is here:

${origin}`
const YOUNGER = `You chose your password for Pawpost after that: here you need not do anything.`

const told = {
  breach: ({ lists, origin, isAsked }: Breach): Said => {
    const lines = lists.map(({ source, day }) => `  ${name(source)} (known since ${name(day)})`)
    const where = plural(lists.length, {
      one: 'a list that thieves carry around. It was',
      other: `${lists.length} lists that thieves carry around. They were`,
    })
    return {
      subject: isAsked
        ? 'Please choose a new password for Pawpost'
        : 'Your address was stolen elsewhere',
      text: `Hello,

your e-mail address is on ${where} stolen from somebody else, not
from Pawpost:

${lines.join('\n')}

Such lists often hold passwords, too, and thieves try them everywhere.

${isAsked ? asked(origin) : YOUNGER}

If you use one password in several places, please give each of them a password of its own, above all
your mailbox. And do not trust mails that know something about you: these lists are used for such
letters as well. We never ask for your password in a mail.

You get this mail once.
`,
    }
  },
  post: ({ host, origin, stop }: { host: string; origin: string; stop: string }): Said => ({
    subject: `There is post for you at ${name(host)}`,
    text: `Hello,

there is post for you at ${name(host)}:

${origin}/

You get this mail because you asked for it in "When post comes". To get none any more, open this link
and say so. You need not sign in:

${stop}
`,
  }),
}

/** What stands in the files that an owner is given. */
const files = {
  exportNote:
    'Names, pictures, messages and the family tree are encrypted end to end: the server cannot read ' +
    'them, and your devices have them. Of your password, and of what signs you in, it keeps hashes ' +
    'and sealed secrets that are of no use to you.',
  deletionNote:
    'The household, its messages and its list of members belong to the family and stay, encrypted ' +
    'end to end; nothing there names this account. A guardian can remove you there. Mails that wait ' +
    'to be sent are sent. Backups hold only what was sealed under the keys that are now destroyed.',
}

export const en = { ...account, ...password, factors, ...told, ...files }
