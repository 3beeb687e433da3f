import { later } from '../language/later.ts'

/** What is said about a person's phones: another one, a lost one, one that is no longer in. */
export const phones = later('phones', {
  title: 'My phones',
  lead: 'Every phone, tablet or computer on which you use Pawpost. What is sent to you opens on each of them.',
  settings: 'My phones',
  settingsSays: 'Add another phone or computer of yours, or say that one is lost.',
  open: 'Show my phones',
  here: 'This one',
  since: (day: string): string => `Since ${day}`,
  unnamed: 'A phone or computer',
  named: (browser: string, system: string): string => `${browser} on ${system}`,
  lost: 'Lost it',
  lostOf: (name: string): string => `Lost it: ${name}`,
  lostSure: (name: string): string => `Is this one lost: ${name}?`,
  lostDetail:
    'It gets nothing new from now on. What it had received stays on it, but it does not show it any more. To come back one day, it has to be wiped and added anew.',
  lostYes: 'Yes, it is lost',
  lostDone: 'It gets nothing new any more.',
  lostNext: 'It may still be signed in to your account. Sign it out there, too:',
  sessions: 'Where you are signed in',
  add: 'Add another phone',

  addTitle: 'Add another phone',
  addLead: 'For another phone, tablet or computer of your own. Nobody else.',
  addSteps: [
    'Take the other phone in your hand.',
    'Open its camera and point it at this picture.',
    'Tap the link that appears, and sign in with the same account.',
  ],
  qr: 'The picture for the camera of your other phone',
  link: 'Or open this link on your other computer',
  copy: 'Copy the link',
  copied: 'Copied.',
  minutes: 'It works once, for ten minutes. Do not send it to anybody.',
  stop: 'Stop',
  asksTitle: 'A new phone wants to come in',
  asks: 'Is it the one in your hand? Then it shows these four digits, too.',
  digits: 'The four digits',
  asking: (name: string): string => `It calls itself: ${name}.`,
  letIn: 'Yes, these digits: let it in',
  notMine: 'No, stop',
  doneTitle: 'Your other phone is in',
  done: 'Names and messages appear there in a moment.',
  toList: 'Show my phones',
  overTitle: 'This picture is too old',
  over: 'Nobody came in by it. Show a new one and try again.',
  again: 'Show a new picture',

  comeTitle: 'Bring Pawpost to this phone',
  come: 'This becomes another phone of yours. Keep the other one at hand: it asks you in a moment.',
  comeYes: 'Bring it here',
  comeNo: 'Not now',
  waitTitle: 'One moment…',
  wait: 'Your other phone is being asked.',
  compareTitle: 'Look at your other phone',
  compare: 'It asks whether a new phone may come in, and shows the same four digits.',
  differ: 'If the digits there are others, say no.',
  arrived: 'You are in.',
  deadTitle: 'This did not work',
  dead: 'The other phone said no, or it took too long. Show a new picture there, and point this camera at it.',
  forget: 'Go on without it',

  endedTitle: 'This phone is no longer in the family',
  endedBy: {
    revoked:
      'It was said to be lost, or is not to be used any more. Nothing new comes to it, and nothing is sent from it.',
    self: 'You left the family. Nothing new comes here, and nothing is sent from here.',
    guardian:
      'Those who decide ended your place in the family. Nothing new comes here, and nothing is sent from here.',
    quorum:
      'Those who decide agreed to end your place in the family. Nothing new comes here, and nothing is sent from here.',
    household:
      'The family was ended here, with all that it had. Nothing new comes here, and nothing is sent from here.',
    notice:
      'Your place in the family ended after the time that was announced. Nothing new comes here, and nothing is sent from here.',
  },
  keptLocked:
    'What came to it before is still on it, but is not shown here any more: whoever found this phone is not to hear it. If it is yours, wipe it. Then you can bring it back in with another phone of yours.',
  keptOpen: 'What you had received is yours. It stays here until you wipe it.',
  kept: 'What you had received',
  keptNothing: 'There is nothing here.',
  back: 'To come back, wipe this phone first. Then ask for a new invitation.',
  wipe: 'Wipe this phone',
  wipeSure: 'Wipe everything that Pawpost has on this phone?',
  wipeDetail: 'All that is only here is gone for good. Other phones keep what they have.',
  wipeYes: 'Wipe it',

  oneWay:
    'Only this phone opens what your family records. If it is lost or broken, nobody can bring it back.',
  oneWayRelative:
    'Only this phone opens your messages. Add another one of yours, or ask for a new invitation if it is lost: what was said before then stays closed to you.',
})
