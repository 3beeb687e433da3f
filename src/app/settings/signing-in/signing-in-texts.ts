import { later } from '../../language/later.ts'

/** What is said about the ways of signing in. It comes with its pages, not with the first one. */
export const signingIn = later('signingIn', {
  title: 'Signing in',
  lead: 'With a second step, somebody who finds out your password still cannot get in.',
  none: 'So far your password alone lets in whoever knows it. Add an authenticator app or a passkey: either will do.',

  required:
    'Here everybody signs in with a second step. Please add an authenticator app or a passkey: then everything else opens.',
  signsOut:
    'Whenever you add or remove something here, you are signed out everywhere else: whoever should not be in is out.',

  app: 'Authenticator app',
  appWhat:
    'An app on your phone that shows six new digits every half a minute. There are many; most are free.',
  appSince: (day: string): string => `Added ${day}.`,
  addApp: 'Add an authenticator app',
  changeApp: 'Use another app',
  removeApp: 'Remove the app',
  removeAppSure: 'Remove the authenticator app?',
  removeDetail:
    'It is not asked for any more when you sign in. Everywhere else you are signed out.',
  removeYes: 'Remove it',

  appTitle: 'Add an authenticator app',
  appScan: 'Point your authenticator app at this picture.',
  appQr: 'A picture for your authenticator app',
  appHere: 'Is the app on this device? Then open it there, or type this text into it.',
  appOpen: 'Open the app',
  appSecret: 'Text for the app',
  appDigits: 'The six digits that the app shows now',
  appConfirm: 'Add it',
  appAdded: 'The authenticator app is added. Everywhere else you are signed out.',
  copy: 'Copy',
  copied: 'Copied.',
  cancel: 'Not now',

  passkeys: 'Passkeys',
  passkeysWhat:
    'With a passkey you sign in with your finger, your face or the PIN of your phone or computer. No password, and nobody can trick you out of it.',
  noPasskeys: 'This browser has no passkeys.',
  addPasskey: 'Add a passkey',
  passkeyName: 'What shall your devices call it?',
  passkeyNameHint: 'You see this name when you choose a passkey.',
  passkeyNameFor: (name: string): string => (name === '' ? 'Pawpost' : `${name} at Pawpost`),
  passkeyAdded: 'The passkey is added. Everywhere else you are signed out.',
  passkeySince: (day: string): string => `Added ${day}`,
  passkeyUsed: (day: string): string => `Last used ${day}`,
  passkeyUnused: 'Not used yet',
  synced: 'On all devices of your account with Apple, Google or a password manager',
  unsynced: 'On one device only',
  removePasskey: 'Remove',
  removePasskeySure: 'Remove this passkey?',
  removePasskeyDetail:
    'It lets nobody in any more. Delete it in the settings of your device as well. Everywhere else you are signed out.',

  codes: 'Recovery codes',
  codesWhat: 'For the day when your phone is lost: each code is a second step, once.',
  codesLeft: (left: number): string =>
    left === 1 ? 'One code is left.' : `${left} codes are left.`,
  newCodes: 'Make new codes',
  newCodesSure: 'Make new recovery codes?',
  newCodesDetail: 'The codes that you have now stop working. Everywhere else you are signed out.',
  codesTitle: 'Your recovery codes',
  codesLead:
    'If your phone is lost or broken, one of these codes takes its place when you sign in. Print them or write them down, and put them where you keep important papers.',
  codesOnce: 'They are shown only this once. Each code works once.',
  codesPrinted: 'Pawpost recovery codes for signing in',
  print: 'Print',
  codesDone: 'I have put them away',

  devices: 'Without the second step',
  devicesWhat:
    'On these phones and computers you said not to ask for the second step again. Your password is still asked for. If you change it, or a second step, all of them are asked again.',
  deviceHere: 'This device',
  deviceOther: 'Another device',
  deviceSince: (day: string): string => `Since ${day}`,
  deviceUsed: (day: string): string => `Last used ${day}`,
  forgetDevice: 'Ask again',
  forgetDeviceSure: 'Ask for the second step again?',
  forgetDeviceDetail: 'At the next sign-in on this device the second step is asked for again.',
  forgetDeviceYes: 'Ask again from now on',
})
