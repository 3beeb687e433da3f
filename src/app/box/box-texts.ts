import { later } from '../language/later.ts'

/** What is said on the page of an old phone's link, and where guardians make one. */

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : many)

export const box = later('box', {
  page: {
    /** `whom` is what the guardians call the child there, and may be empty. */
    title: (whom: string): string => (whom === '' ? 'Say something' : `Say something to ${whom}`),
    record: 'Press and talk',
    recordAgain: 'Say something more',
    stop: 'Press to stop',
    opening: 'One moment …',
    secondsLeft: (seconds: number): string =>
      counted(seconds, '1 second left', `${seconds} seconds left`),
    listen: 'Listen',
    pause: 'Stop listening',
    send: 'Send',
    again: 'Once more',
    heard: 'Listen to it, or send it.',
    sent: (whom: string): string =>
      whom === '' ? 'It is on its way to the family.' : `It is on its way to ${whom}’s family.`,
    waiting: 'It goes out as soon as this page has a connection.',
    enough: 'That is enough for today. It goes out tomorrow, when you open this page again.',
    ended: 'This link has ended. Ask for a new one.',
    incomplete: 'This link is not complete. Ask for it once more.',
    insecure: 'This page cannot be opened in this way. Ask for the link once more.',
    elsewhere: 'This page is open a second time. Go on there, or here:',
    here: 'Go on here',
  },
  family: {
    open: 'A link for an old phone',
    title: 'Links for old phones',
    lead:
      'One page with one big button: no account, nothing to install. What is said there waits ' +
      'for you, like a relative’s message.',
    name: 'Who gets it?',
    nameHint: 'As you call them, such as Grandma.',
    greeting: 'What does the page call the child?',
    greetingHint: 'It stands on the page and in the link, and nowhere else.',
    children: 'For whom?',
    days: 'For how long?',
    spans: {
      1: 'A day',
      7: 'A week',
      30: 'A month',
      90: 'Three months',
      365: 'A year',
    },
    make: 'Make the link',
    another: 'Make a new link',
    onePhone: 'Each phone gets a link of its own.',
    most: (count: number): string =>
      counted(
        count,
        'One link is open. End it before you make another one.',
        `${count} links are open. End one before you make another one.`,
      ),
    none: 'There is no such link now.',
    openNow: 'Open links',
    readyTitle: (name: string): string => `The link for ${name}`,
    ready: (name: string): string => `Print it for ${name}, or open it on the phone.`,
    careful: 'Whoever has this link can send you messages. It opens nothing that was said before.',
    until: (day: string): string => `until ${day}`,
    used: (day: string): string => `last used on ${day}`,
    unused: 'not used yet',
    show: 'Show the link',
    elsewhere: 'The link itself is on the phone that made it.',
    link: 'Link',
    copy: 'Copy the link',
    copied: 'Copied',
    share: 'Share',
    shareText: (whom: string): string =>
      whom === '' ? 'Say something to us' : `Say something to ${whom}`,
    print: 'Print a sheet for the fridge',
    qr: 'The link as a code for a camera',
    end: 'End this link',
    endSure: (name: string): string => `End the link of ${name}?`,
    endDetail:
      'It stops at once. What was said and waits for you is turned down. What you approved stays.',
    endYes: 'End it',
    ended: 'The link has ended.',
    back: 'Back to the links',
    byLink: 'by link',
    rejectDetail: 'Nobody is told: a link only brings, and takes nothing back.',
    unnamed: 'Somebody',
  },
  sheet: {
    camera: 'Point the phone’s camera here',
    talk: 'Press the big button and talk',
    send: 'Press the arrow',
    until: (day: string): string => `This works until ${day}.`,
    careful: 'Keep this sheet in the house: whoever has it can send a message.',
  },
})
