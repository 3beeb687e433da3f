import { later } from '../language/later.ts'

/** What is said to who forgot a password or was locked out. It comes with its pages. */
export const reset = later('reset', {
  title: 'A new password',
  lead: 'Tell us your address, and we mail you a code. Your family and your messages stay as they are.',
  address: 'Your e-mail address',
  ask: 'Mail me a code',
  sentLead:
    'If there is an account with this address, a code is on its way. It is good for 10 minutes.',
  linkLead: 'Choose a new password. Wherever else you are signed in, you will be signed out.',
  code: 'The code from the mail',
  password: 'Your new password',
  save: 'Save and sign in',
  done: 'Your password is changed. Please sign in with it.',
  again: 'Mail me another code',

  unblockTitle: 'Sign in here again',
  unblockLead:
    'Somebody tried many passwords at your account, so we stopped looking at any. If you want to sign in in this browser, say so here. You still need your password.',
  unblockYes: 'Yes, this is me',
  unblockCode: 'The code behind the # of the link in the mail',
  unblockDone: 'Done. You can sign in here now.',
  signIn: 'Go on to sign in',
})
