import { later } from '../language/later.ts'

/**
 * The words of the child's screen. Those of `screen` are for screen readers only: nothing there has to
 * be read. The rest is for the adult who hands the device over and takes it back.
 */
export const child = later('child', {
  /** On a guardian's screens. */
  handOver: {
    link: 'Hand it to the child',
    title: (child: string) => `For ${child}’s hands`,
    lead: (child: string) =>
      `${child} gets a screen of pictures: voices to hear, a paw to answer, lullabies, stories and a game. Nothing there has to be read.`,
    stays:
      'The rest of Pawpost is closed until you take it back. Press the small lock in the corner, and type four digits.',
    pin: 'Phones can hold an app on the screen, so that a child does not end up elsewhere: look for “app pinning” (Android) or “Guided Access” (iPhone) in the settings.',
    go: 'Hand it over',
    goTo: (child: string) => `Hand it to ${child}`,
    codeTitle: 'How you take it back',
    words:
      'Pawpost asks for four digits that it shows as words. A child who cannot read cannot type them.',
    ownCode: 'You type your own four digits.',
    ownHint: 'Your child reads already? Choose four digits of your own. Not a birthday.',
    code: 'Your four digits',
    setCode: 'Use these digits',
    codeSet: 'From now on your own digits open the lock.',
    dropCode: 'Ask in words again',
    shelfTitle: 'The bookshelf',
    shelfSays:
      'Record somebody telling a story, or choose from what was sent. It stays on the shelf.',
    shelf: 'Choose stories',
  },
  shelf: {
    title: 'Choose stories',
    lead: 'What you put on the shelf, the child can hear again and again, on this device.',
    none: 'Nothing can go on the shelf yet. Whatever is sent and approved can.',
    put: 'Put on the shelf',
    off: 'Take off the shelf',
    there: 'On the shelf',
    seconds: (seconds: number) => (seconds === 1 ? '1 second' : `${seconds} seconds`),
  },
  gate: {
    title: 'For grown-ups',
    words: 'Type these four digits:',
    own: 'Type your four digits',
    digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    label: 'Four digits',
    open: 'Open',
    wrong: 'That was not it. Look at the digits once more.',
    wrongOwn: 'These are not your digits.',
    wait: (seconds: number) =>
      seconds === 1 ? 'Please wait 1 second.' : `Please wait ${seconds} seconds.`,
    forgot: 'I forgot my digits',
    forgotSays: 'Your password opens it, too. That needs a connection.',
    password: 'Your password',
  },

  /** Accessible names: heard, not seen. */
  screen: {
    title: 'Voices for you',
    night: 'Time to sleep',
    adults: 'For grown-ups',
    back: 'Back to the start',
    speaker: (name: string, animal: string) => `${name}, the ${animal}`,
    fresh: (who: string) => `${who}: something new`,
    nobody: 'The bear',
    more: 'More friends',
    animals: ['fox', 'rabbit', 'owl', 'cat', 'lion', 'frog', 'panda', 'elephant'],
    bear: 'bear',
    hear: (place: number, count: number) => `Hear message ${place} of ${count}`,
    hearNew: (place: number, count: number) => `Hear message ${place} of ${count}, new`,
    stop: 'Stop',
    answer: 'Speak',
    listening: 'Speak now. Press to stop.',
    playedBack: 'This is what you said.',
    sent: 'Sent.',
    noMicrophone: 'The microphone cannot be used. Please ask a grown-up.',
    notHeard: 'It cannot be played now. Please ask a grown-up.',
    lullabies: 'Lullabies',
    tunes: { cradle: 'Cradle song', star: 'Twinkle, twinkle', moon: 'By the light of the moon' },
    minutes: (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    sings: (minutes: number) =>
      minutes === 1 ? 'It plays for 1 minute.' : `It plays for ${minutes} minutes.`,
    louder: 'How loud',
    soft: 'soft',
    middle: 'middle',
    loud: 'loud',
    stories: 'Stories',
    noStories: 'No stories yet',
    story: (place: number, name: string) => `Story ${place}, told by ${name}`,
    somebody: 'somebody',
    pause: 'Pause',
    goOn: 'Go on',
    progress: 'How far the story is',
    game: 'Paw game',
    paws: ['Top left paw', 'Top right paw', 'Bottom left paw', 'Bottom right paw'],
    watch: 'Listen to the paws.',
    yourTurn: 'Your turn.',
    again: 'Listen once more.',
    feast: 'You did it!',
    begin: 'Begin',
    copied: 'A grown-up has made a copy of the voices.',
  },
})
