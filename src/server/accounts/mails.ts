import type { Mail } from '../platform/mail.ts'
import type { Entry } from '../sessions/sessions.ts'

export function codeMail(to: string, code: string): Mail {
  return {
    to,
    subject: 'Your code for Pawpost',
    text: `Hello,

here is the code that confirms your e-mail address for Pawpost:

Code: ${code}

Please enter it where you signed up. It is good for 10 minutes.

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

export function blockedMail(to: string, link: string): Mail {
  return {
    to,
    subject: 'Somebody tries passwords at your Pawpost account',
    text: `Hello,

somebody tries to sign in to your Pawpost account and does not know the password. From there, we do
not look at any password for a while, not even at the right one. Where you are signed in, everything
goes on as before.

If it was you, and you cannot get in: please open this link in the browser in which you want to sign
in. It is good for 10 minutes. You still need your password.

${link}

If it was not you, you need not do anything. A long password that you use nowhere else, and a second
factor, keep such people out.
`,
  }
}

export function newBrowserMail(to: string, { place, browser, at }: Entry): Mail {
  const lines = [
    `When: ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    browser === '' ? '' : `With: ${browser}`,
    place === '' ? '' : `Where: somewhere in the network ${place}`,
  ]
  return {
    to,
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
}

export function passwordChangedMail(to: string): Mail {
  return {
    to,
    subject: 'Your Pawpost password was changed',
    text: `Hello,

the password of your Pawpost account was just changed. Everywhere else, the account is signed out.

If it was you, you need not do anything. If it was not: please ask for a new password where you sign
in. We mail you a code for that.
`,
  }
}

export function resetMail(to: string, link: string, code: string): Mail {
  return {
    to,
    subject: 'A new password for Pawpost',
    text: `Hello,

somebody, probably you, wants a new password for your Pawpost account. Please open this link and
choose one. It is good for 10 minutes, and once.

${link}

Or enter this code where you asked for it:

Code: ${code}

If it was not you, you need not do anything: your password is as it was.
`,
  }
}

export function breachedMail(to: string): Mail {
  return {
    to,
    subject: 'Please choose a new password for Pawpost',
    text: `Hello,

you just signed in to Pawpost with a password that is on a list that thieves try: it was stolen from
some other service. Please choose a new one in "Settings", and wherever else you use it.
`,
  }
}

export function mustChangeMail(to: string, link: string, code: string): Mail {
  return {
    to,
    subject: 'Please choose a new password for Pawpost',
    text: `Hello,

somebody, probably you, just signed in to Pawpost with your password. It is too short, or on a list
that thieves try, so nobody is let in with it any more. Please open this link and choose a new one.
It is good for 10 minutes, and once.

${link}

Or enter this code where you ask for a new password:

Code: ${code}

If you use the same password elsewhere, please change it there, too.
`,
  }
}

export function deletedMail(to: string): Mail {
  return {
    to,
    subject: 'Your Pawpost account is deleted',
    text: `Hello,

as you asked, your Pawpost account is deleted: your address, your password, your sessions. We cannot
bring it back. What you were in your family belongs to the family, and a guardian can remove you
there.

This is the last mail that you get from us.
`,
  }
}
