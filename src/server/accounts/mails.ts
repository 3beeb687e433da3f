import type { Mail } from '../platform/mail.ts'

export function codeMail(to: string, code: string): Mail {
  return {
    to,
    subject: 'Your code for Pawpost',
    text: `Hello,

here is the code that confirms your e-mail address for Pawpost:

Code: ${code}

Please enter it where you signed up. It is good for 20 minutes.

If it was not you who signed up, you need not do anything: without the code, nothing happens.
`,
  }
}

export function knownMail(to: string): Mail {
  return {
    to,
    subject: 'You have a Pawpost account already',
    text: `Hello,

somebody, probably you, just tried to open a Pawpost account with this e-mail address. There is one
already: please sign in with the password that you chose for it.

If it was not you, you need not do anything: your account is as it was.
`,
  }
}
