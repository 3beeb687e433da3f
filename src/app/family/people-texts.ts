import { later } from '../language/later.ts'

/** What is said about the family's people: who they are, what they may, how they go. */
export const people = later('people', {
  children: 'Children',
  addChild: 'Add a child',
  people: 'People',
  rules: 'Rules',
  trusted: 'no approval needed',
  paused: 'takes a break',
  you: 'you',
  onlyFor: (names: string): string => `only for ${names}`,
  forNobody: 'for no child',
  relations: {
    mother: 'mother',
    father: 'father',
    grandmother: 'grandmother',
    grandfather: 'grandfather',
    aunt: 'aunt',
    uncle: 'uncle',
    cousin: 'cousin',
    other: 'somebody else',
  },
  relation: 'What are they to the child?',
  unsaid: 'Not said',

  name: 'What the child calls them',
  ownName: 'What the child calls you',
  save: 'Save',
  saved: 'Saved.',
  whom: 'Whom may they message?',
  whomHint: 'They do not learn of a child that is not ticked here.',
  trust: 'Their messages need no approval',
  trustHint: 'What they say goes to the toy without a guardian listening first.',
  trustAsks: 'The others who decide are asked, too. It is so when enough of you agree.',
  asked: 'The others are asked now. It is so as soon as enough of you agree.',
  askedAlready: 'The others have been asked. You see the answer under “Family”.',

  breakTitle: 'A break',
  breakSays: (name: string): string =>
    `While ${name} takes a break, nothing new can be sent to the child. What was said stays.`,
  pause: 'Let them take a break',
  isPaused: (name: string): string => `${name} takes a break now.`,
  goOn: 'Go on',

  phones: 'Their phones',
  noPhones: 'There is none.',
  lastPhone: 'Their only one: to end it, remove them.',
  endPhone: 'End this phone',
  endPhoneSure: 'End this phone?',
  endPhoneDetail:
    'It gets nothing new from now on, and nothing can be sent from it. Their other phones go on.',
  endPhoneYes: 'End it',

  away: 'Remove',
  remove: (name: string): string => `Remove ${name}`,
  removeSays: (name: string): string =>
    `${name} is out at once: nothing new comes to them, and they can send nothing. What they have received stays with them; nobody can take it back.`,
  removeSure: (name: string): string => `Remove ${name} now?`,
  removeYes: 'Remove',
  removed: (name: string): string => `${name} is out.`,

  guardianAway: 'When one of you has to go',
  guardianAwaySays: (name: string): string =>
    `Nobody who decides can be sent away by one other alone. There are two ways, and ${name} hears of both.`,
  byVotes: 'Ask the others',
  byVotesSays: 'If enough of the others who decide agree, it happens at once.',
  byVotesSure: (name: string): string => `Ask the others to remove ${name}?`,
  byVotesYes: 'Ask them',
  byVotesNot: (name: string): string =>
    `The others cannot decide this: ${name} was here before too many of you. The other way is open.`,
  byNotice: 'Announce it',
  byNoticeSays: (name: string): string =>
    `${name} is told at once. After 72 hours anybody who decides may carry it out. Until then ${name} hears everything as before, and can take all the voices along. You can take it back.`,
  byNoticeSure: (name: string): string => `Announce that ${name} has to go?`,
  byNoticeYes: 'Announce it',
  announcedAlready: 'It is announced already. You see under “Family” from when on it holds.',

  onBreak: 'Your family takes a little break from new messages.',
  onBreakHint:
    'What was said stays here. As soon as it goes on, the button is back. A call is always nice.',

  aboutMe: 'About me',
  aboutMeSays: 'Your picture, as your family sees it.',
  leave: 'Leave this family',
  leaveSays: 'You can go at any time, at once, and take along what you received.',
})

/** What is said about a picture. */
export const picture = later('picture', {
  title: 'Picture',
  choose: 'Choose or take a picture',
  other: 'Choose another picture',
  remove: 'Take the picture away',
  hint: 'It is cut to a square and made small on this device. Where and when it was taken is cut away, too. Only your family sees it.',
  done: 'The picture is chosen.',
  unreadable: 'This picture cannot be read. Please try another one.',
})

/** What is said about agreeing, and about who is to go. */
export const asking = later('asking', {
  title: 'Do you agree?',
  othersTitle: 'The others are asked',
  asks: (name: string): string => `${name} asks you to agree:`,
  asksOthers: (name: string): string => `${name} asks the others to agree:`,
  youAsked: 'You asked them to agree:',
  about: (name: string): string => `${name} asks the others about you:`,
  agree: 'Agree',
  later: 'Not now',
  agreed: 'You agreed.',
  waits: (missing: number): string =>
    missing === 1 ? 'One more has to agree.' : `${missing} more have to agree.`,
  until: (day: string): string => `It can be agreed to until ${day}.`,
  standsTitle: 'Somebody is to go',
  mineTitle: (name: string): string => `You announced that ${name} has to go`,
  meTitle: (name: string): string => `${name} announced that you have to go`,
  otherTitle: (by: string, name: string): string => `${by} announced that ${name} has to go`,
  from: (moment: string): string => `It can be carried out from ${moment}.`,
  meUntil: (moment: string): string =>
    `Until ${moment} you hear everything as before. You can take all voices along, and keep them.`,
  meAfter: 'It can be carried out now. You can take all voices along, and keep them.',
  now: 'The 72 hours are over: it can be carried out now.',
  takeBack: 'Take it back',
  carryOut: 'Carry it out now',
  carryOutSure: (name: string): string => `Remove ${name} now?`,
  carryOutDetail: 'It happens at once. What they have received stays with them.',
  carryOutYes: 'Remove',
  takeAlong: 'Take the voices along',
  wants: {
    remove: (name: string): string => `${name} leaves the family at once.`,
    removeMe: 'You leave the family at once.',
    suite: 'The family uses the newest protection.',
    trust: (name: string): string => `What ${name} says needs no approval.`,
    distrust: (name: string): string => `What ${name} says needs approval again.`,
    approval: 'A guardian listens first to what relatives say.',
    noApproval: 'Nothing needs approval before it goes to the toy.',
    keep: (days: number): string =>
      days === 1 ? 'Messages are kept for one day.' : `Messages are kept for ${days} days.`,
    forEver: 'Messages are kept for ever.',
    nothing: 'Everything stays as it is.',
  },
})
