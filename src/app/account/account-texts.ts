import { later } from '../language/later.ts'

/** What is said about password, sessions, and the end of an account. It comes with its pages. */
export const account = later('account', {
  passwordTitle: 'Change your password',
  passwordLead: 'Wherever else you are signed in, you will be signed out.',
  current: 'The password that you have now',
  password: 'Your new password',
  passwordSave: 'Change it',
  passwordDone: 'Your password is changed. Everywhere else you are signed out.',

  sessionsTitle: 'Where you are signed in',
  sessionsLead: 'If you do not know one of these, end it, and change your password.',
  here: 'Here',
  unnamed: 'A browser',
  since: (day: string): string => `Signed in: ${day}`,
  seen: (day: string): string => `Last used: ${day}`,
  place: (place: string): string => `In the network ${place}`,
  end: 'End',
  endSure: 'Sign out there?',
  endDetail: 'Whoever uses it has to sign in again. Nothing is deleted.',
  endYes: 'Sign out there',
  endOthers: 'Sign out everywhere else',
  endOthersSure: 'Sign out everywhere else?',
  ended: 'Done.',

  dataTitle: 'Your data',
  download: 'What the server has',
  downloadSays:
    'Your address, when you made the account, and where you are signed in. Your recordings are not in it: the server cannot open them, your devices can.',
  downloadDo: 'Download it',
  downloadFile: 'pawpost-account.json',
  remove: 'Delete my account',
  removeSays:
    'Your address, your password and everything that signs you in are gone for ever, also from all backups. What you recorded belongs to your family and stays with it.',
  removePassword: 'Your password',
  removeDo: 'Delete my account',
  removeSure: 'Delete your account for ever?',
  removeDetail: 'Nobody can bring it back, not even we.',
  removeYes: 'Delete it for ever',

  goodbyeTitle: 'Your account is deleted',
  goodbye: 'Your address and your password are gone. Thank you for having been here.',
  goodbyeSave: 'Save the receipt',
  goodbyeFile: 'pawpost-deletion.json',
  goodbyeDevice:
    'What was kept on this device is still here. To clear it, delete the data of this site in the settings of your browser.',
  goodbyeDone: 'Close',
})
