/** What the check-up says. It is no part of `texts`: it comes with its page, not with the first one. */
export const checkUp = {
  title: 'Check-up',
  fine: 'Fine',
  look: 'Look at this',
  allFine: 'Everything that Pawpost can see from here is fine.',
  toLook: (count: number): string =>
    count === 1 ? 'There is one thing to look at.' : `There are ${count} things to look at.`,
  guide: 'What else keeps you safe',

  oneWay: {
    title: 'Only one way in',
    says: 'Only this one device opens everything that your family recorded. If it is lost or broken, nobody can bring it back, not even we. Make a recovery card, or let somebody decide together with you.',
    todo: 'Invite somebody',
  },
  moreWays: {
    title: 'More than one way in',
    says: (ways: number): string =>
      `If one of them is lost, nothing is lost: there are ${ways} ways to everything that your family recorded, counting the devices of those who decide and their recovery cards.`,
  },
  card: {
    title: 'You have a recovery card',
    says: 'Do you know where it is? If it is gone, or somebody else may have seen it, make a new one.',
    todo: 'Make a new card',
  },
  noCard: {
    title: 'You have no recovery card',
    says: 'If all your devices are lost or broken, the card brings everything back.',
    todo: 'Make a recovery card',
  },
  oneDevice: {
    title: 'One device is yours',
    says: 'It is this one. What your family sends you opens on no other device of yours.',
  },
  oneDeviceOfRelative: {
    title: 'One device is yours',
    says: 'It is this one. If you lose it, ask the family for a new invitation.',
  },
  devices: {
    title: (count: number): string => `${count} devices are yours`,
    says: 'This one is one of them. What your family sends you opens on each of them.',
  },
} as const
