import { first } from './language/language.ts'
import { card } from './card-texts.ts'
import { family } from './family-texts.ts'
import { password } from './passwords/password-texts.ts'
import { refused } from './refused-texts.ts'

/**
 * Every word that a person reads, apart from the errors (`protocol/errors.ts`) and what comes with
 * its own page (such as `guide/guide-texts.ts` and `messages/messages-texts.ts`). To translate the app,
 * translate this object and those; functions put names and numbers where the language wants them.
 */
export const texts = first('texts', {
  app: {
    name: 'Pawpost',
    opening: 'Just a moment…',
    moment: 'One moment…',
    back: 'Back',
    show: 'Show',
    showPassword: 'the password',
    no: 'No, go back',
    close: 'Close',
    retry: 'Try again',
    reload: 'Load again',
    skip: 'Skip to the content',
    code: 'Code for whoever helps you:',
    notLoaded: 'This part of Pawpost could not be loaded. Is there a connection?',
    menu: 'Main menu',
    offline: 'No connection right now. Everything you record is kept here and goes out later.',
  },
  busy: {
    title: 'Open in another window',
    says: 'Pawpost is already open in another window of this browser. It works in one at a time.',
    takeOver: 'Use it here',
  },
  failed: {
    title: 'Pawpost could not start',
    insecure:
      'This address is not protected: it begins with http. Pawpost needs one that begins with https. Ask the person who runs it.',
  },
  menu: { messages: 'Messages', family: 'Family', toy: 'Toy', settings: 'Settings' },

  signIn: {
    welcome: 'Voices for a small bear',
    lead: 'Send your voice to a child’s toy, and hear the answer. Only your family can listen.',
    invitedLead: 'You are invited to a family. First, make yourself an account.',
    signUpTitle: 'Make an account',
    signInTitle: 'Sign in',
    address: 'Your e-mail address',
    password: 'Password',
    passwordHint: 'At least 15 characters. Four or five words in a row are easy to remember.',
    signUp: 'Make an account',
    signIn: 'Sign in',
    haveAccount: 'I have an account',
    noAccount: 'I am new here',
    codeTitle: 'Look into your mail',
    codeLead: 'We have sent you six digits, to be sure that the address is yours.',
    code: 'The six digits',
    confirm: 'Continue',
    resend: 'Send new digits',
    resent: 'New digits are on their way.',
    otherAddress: 'Use another address',
    forgot: 'I forgot my password',
    byPasskey: 'Sign in with a passkey',
    late: 'That took a little too long, so we stopped waiting. Please sign in once more.',
    guide: 'Keep your account safe',
    once: 'What you record can only be opened by your family’s own devices and your recovery card. If all of them are lost, nobody can bring it back, not even we.',
  },

  create: {
    title: 'Whose toy is it?',
    lead: 'Tell us what you call the child. A nickname is fine. Only your family sees it.',
    child: 'The child’s name or nickname',
    me: 'And what does the child call you?',
    meHint: 'Such as Mama or Papa.',
    submit: 'Continue',
    invited: 'I was invited to a family',
    hasCard: 'I have a recovery card',
    linkTitle: 'Your invitation',
    linkLead: 'Open the link that you were sent, or paste it here.',
    link: 'The link',
    linkSubmit: 'Continue',
  },

  recover: {
    title: 'Welcome back',
    lead: 'Take your recovery card out and type its code. It brings your family and its messages to this device.',
    code: 'Recovery code',
    codeHint: 'Seven groups of four. Capital or small letters are the same.',
    submit: 'Bring everything back',
  },

  password,

  card,

  family,

  invite: {
    title: 'Invite somebody',
    name: 'Who is it?',
    nameHint: 'Such as Grandma or Uncle Tom.',
    role: 'What may they do?',
    relative: 'Record for the child and hear the answers',
    relativeHint: 'You listen first to everything they send. Good for grandparents and friends.',
    guardian: 'Decide together with you',
    guardianHint: 'Hears everything, approves and invites, like you. For the other parent.',
    submit: 'Make the invitation',
    readyTitle: (name: string): string => `The invitation for ${name}`,
    ready: (name: string): string =>
      `Send this link to ${name} only. It works once, for seven days. When ${name} has opened it, you will see it here and compare six digits, best on the phone.`,
    link: 'Invitation link',
    copy: 'Copy the link',
    copied: 'Copied.',
    share: 'Send it…',
    shareText: (name: string): string => `${name}, come to our Pawpost:`,
    qr: 'The invitation for a camera',
    qrHint: 'If you are together: point the other phone’s camera at this.',
    done: 'Done',
  },

  requests: {
    title: (name: string): string => `${name} wants to come in`,
    banner: (count: number): string =>
      count === 1 ? 'Somebody wants to come in' : `${count} people want to come in`,
    look: 'Look',
    invitedAs: (name: string): string => `You invited them as ${name}.`,
    unready: (name: string): string =>
      `As soon as ${name} has Pawpost open, six digits appear here. Call each other and compare them.`,
    elsewhere: (name: string): string =>
      `Another phone of your family was faster: the six digits for ${name} are shown there.`,
    compare: (name: string): string =>
      `Call ${name} and ask for the six digits on the other screen. Are they the same as these?`,
    digits: 'Six digits',
    admit: 'They are the same: let in',
    differ: 'They differ: turn away',
    declineSure: (name: string): string => `Turn ${name} away?`,
    declineDetail: 'If the digits differ, somebody may be listening in. You can invite again.',
    declineYes: 'Turn away',
    admitted: (name: string): string => `${name} is in.`,
  },

  join: {
    title: 'Who are you?',
    lead: 'This name is what the family and the child see.',
    name: 'What does the child call you?',
    submit: 'Ask to come in',
    waitTitle: 'Nearly there',
    wait: 'We have asked the family. Keep this page open: six digits will appear here.',
    digitsTitle: 'Your six digits',
    digits: 'Read these digits to the person who invited you, best on the phone.',
    thenWait: 'As soon as they let you in, it goes on by itself.',
    declinedTitle: 'You were not let in',
    declined: 'Call the person who invited you and ask for a new invitation.',
    forget: 'Start again',
    admitted: 'You are in.',
    unused: 'You belong to a family already on this device, so the invitation was not used.',
  },

  record: {
    answerFor: (child: string, name: string): string => `${child}’s answer for ${name}`,
    answerHint: 'Hold the phone near the child and the toy.',
    listen: 'Listen before you send it',
    kept: 'Not sent yet. It is kept on this device.',
    send: 'Send',
    again: 'Record again',
    discard: 'Delete',
    discardSure: 'Delete this recording?',
    discardYes: 'Delete it',
    sent: (name: string): string => `On its way to ${name}.`,
  },

  toy: {
    title: 'The toy',
    lead: 'Switch the toy on and hold this phone close to it.',
    connect: 'Connect the toy',
    connecting: 'Looking for the toy…',
    connected: (name: string): string => `Connected: ${name}`,
    disconnect: 'Disconnect',
    gone: 'The toy is no longer connected.',
    missing:
      'This browser cannot talk to toys. Chrome or Edge on an Android phone or a computer can.',
    states: {
      ready: 'Ready',
      recording: 'The child is recording',
      playing: 'Playing',
      loading: 'Taking a message',
      other: 'Busy',
      locked: 'The toy does not let us in',
    },
    volume: 'How loud',
    heart: 'Let the heart blink',
    heartOff: 'Stop the heart',
    ready: 'Ready for the toy',
    none: 'Nothing waits for the toy. What you approve appears here.',
    send: 'Send to the toy',
    sending: (percent: number): string => `${percent} % there`,
    stop: 'Stop',
    sent: 'It is in the bear. The heart blinks; press the paw.',
    unlit: 'It is in the bear, but the heart could not be lit. Press the paw.',
    keeps: 'The paw plays one message: a new one takes its place.',
    warning:
      'This toy has no lock: while it is on and not connected, another phone within about ten metres could reach it. Switch it off when nobody plays with it.',
    answer: (child: string): string => `Record ${child}’s answer`,
  },

  refused,

  settings: {
    title: 'Settings',
    account: 'Your account',
    checkUp: 'Is everything safe?',
    signingIn: 'Signing in',
    password: 'Change your password',
    sessions: 'Where you are signed in',
    data: 'Your data',
    guide: 'How to keep it safe',
    language: 'Language',
    storage: 'Kept on this device',
    persistent: 'This browser keeps your messages until you delete them.',
    fleeting:
      'This browser may clear your messages when its memory is full, or after weeks without a visit. Adding Pawpost to your home screen helps.',
    ask: 'Ask it to keep them',
    signOut: 'Sign out',
    signOutSure: 'Sign out?',
    signOutDetail: 'Nothing is deleted. Sign in again on this device to go on.',
    signOutYes: 'Sign out',
    safety: 'Who can listen',
    safetySays:
      'Recordings are locked on your device before they leave it. Only the people of your family can open them. We cannot.',
  },
})
