import { later } from '../language/later.ts'

/** What the toy's screen says about the paw's own recording and about the toy's places for sound. */
export const inToy = later('inToy', {
  paw: {
    title: 'What the paw recorded',
    lead: (child: string): string =>
      `${child} presses the toy’s other paw, speaks, and presses again. While this screen is open, it comes over by itself.`,
    fetch: 'Fetch the recording',
    fetching: 'The recording is coming over…',
    nothing: 'The paw has recorded nothing yet.',
    here: 'The recording is here. Listen to it before you send it.',
    listen: 'What the paw recorded',
    unsure:
      'The toy’s maker never told anybody how the toy writes sound. Pawpost knows several ways and begins with the likeliest one.',
    next: 'It is only noise: try another way',
    way: (number: number, count: number): string => `Way ${number} of ${count}`,
    noise:
      'None of them sounds right? Then record the answer with this phone instead. What you send also holds what the toy recorded as it came, for a day when somebody knows how to read it.',
    whose: 'Whose voice is it?',
    whom: 'Who else gets it?',
    parentsToo: 'The parents always get it.',
    send: (child: string): string => `Send it as ${child}’s message`,
    drop: 'Throw it away',
    sent: 'It is sent. You find it under Messages.',
  },
})

/** What the toy's screen says about the places that the toy has for sound. */
export const toyPlaces = later('toyPlaces', {
  title: 'What lies in the toy',
  lead: 'The toy has five places for sound. It does not tell what lies in them; this is what this phone put there.',
  choose: 'A place in the toy',
  recorded: '1: what the paw recorded',
  played: '2: what the paw plays',
  other: (place: number): string => `${place}: played from this phone`,
  unknown: 'This phone does not know',
  gone: 'A message that is no longer here',
  says: (who: string, length: string): string => `${who}, ${length}`,
  times: 'How often',
  timesOf: (count: number): string => (count === 1 ? 'Once' : `${count} times`),
  play: 'Play it in the toy',
  stop: 'Stop the toy',
  which: 'Put a voice there',
  offers: (who: string, day: string, length: string): string => `${who}, ${day}, ${length}`,
  put: 'Put it there',
  putting: (percent: number): string => `${percent} % there`,
  stopPutting: 'Stop',
  isThere: 'It lies in the toy now.',
  nothing: 'When something was approved for the toy, you can put it there.',
})
