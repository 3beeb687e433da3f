/** What a person reads about things that were refused: part of `texts.ts`. */
export const refused = {
  title: 'What was refused',
  settings: 'What was refused',
  settingsSays: 'Pawpost checks everything it is shown. What it did not believe is listed here.',
  open: 'Show the list',
  none: 'Nothing was refused so far. Everything this device was shown came from your family.',
  lead: 'This device was shown something that did not fit your family. It did not believe it: nobody came in by it, and nothing of it is played.',
  what: 'Something may have been lost or mixed up on the way, or somebody is trying to get in. If it happens again, call the others of your family, and tell the person who runs this Pawpost these codes.',
  aMessage: 'A message was put aside',
  aChange: 'A change of the family was not believed',
  aRollBack: 'The server went back in time',
  fewer: (shown: number, known: number): string =>
    `It showed ${shown} of ${known} entries that this device knows: it was put back to an earlier day, or it is not honest. Nothing was lost here, and this device gives back what it can.`,
  when: (day: string, times: number): string =>
    times === 1 ? day : `${day}, ${times} times so far`,
  number: 'Number of the message:',
  banner: 'Pawpost has refused something',
  bannerSays: 'It was shown something that did not fit your family. It did not believe it.',
  look: 'Look',
} as const
