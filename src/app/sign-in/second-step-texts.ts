import { later } from '../language/later.ts'

/** What is said when a sign-in takes two steps. It comes with its page. */
export const secondStep = later('secondStep', {
  title: 'One more step',
  lead: 'Your password is right. Now show that it is really you.',
  digits: 'The six digits from your app',
  digitsHint: 'Open the authenticator app on your phone. New digits appear every half a minute.',
  code: 'A recovery code',
  codeHint: 'One of the codes that you printed or wrote down. Each works once.',
  passkeyHint: 'Your phone or computer asks for your finger, your face or its PIN.',
  remember: {
    totp: 'Do not ask for the six digits on this device again',
    other: 'Do not ask for a second step on this device again',
  },
  rememberHint:
    'Only on a phone or computer that is yours alone. Your password is still asked for, and the second step again after 90 days. You can change your mind in the settings.',
  submit: 'Sign in',
  other: 'Another way',
  useDigits: 'Use my authenticator app',
  useCode: 'Use a recovery code',
  usePasskey: 'Use a passkey',
  back: 'Start again',
  left: (codes: number): string =>
    codes === 1 ? 'One recovery code is left.' : `${codes} recovery codes are left.`,
})
