import { later } from '../language/later.ts'

/** What is said when somebody has to show once more who they are. It comes with its dialogue. */
export const proof = later('proof', {
  title: 'Is it still you?',
  lead: 'Before this is done, please show it once more.',
  second: 'Your password is right. Now the second step, as when you sign in.',
  late: 'That took a little too long. Please start with your password again.',
  password: 'Your password',
  digits: 'The six digits from your app',
  code: 'A recovery code',
  passkey: 'Your phone or computer asks for your finger, your face or its PIN.',
  next: 'Continue',
  byPasskey: 'Use a passkey instead',
  byDigits: 'Use my authenticator app instead',
  byCode: 'Use a recovery code instead',
  byPassword: 'Use my password instead',
  no: 'No, go back',
})
