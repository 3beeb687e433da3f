import { later } from '../../language/later.ts'
import { listed } from '../../account/listed-texts.ts'

/** What the check-up says. It is no part of `texts`: it comes with its page, not with the first one. */
export const checkUp = later('checkUp', {
  title: 'Check-up',
  fine: 'Fine',
  look: 'Look at this',
  allFine: 'Everything that Pawpost can see from here is fine.',
  toLook: (count: number): string =>
    count === 1 ? 'There is one thing to look at.' : `There are ${count} things to look at.`,
  guide: 'What else keeps you safe',

  oneWay: {
    title: 'Only one way in',
    says: 'Only this one device opens everything that your family recorded. If it is lost or broken, nobody can bring it back, not even we. Add another phone of yours, make a recovery card, or let somebody decide together with you.',
    todo: 'Add another phone',
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

  listed,
  stolen: {
    title: 'Your password was stolen somewhere',
    says: 'It is on a list that thieves try. Choose another one, here and wherever else you use it.',
    todo: 'Change the password',
  },
  password: {
    title: 'Your password',
    age: (months: number): string =>
      months === 0
        ? 'You chose it less than a month ago.'
        : `You chose it ${months === 1 ? 'a month' : `${months} months`} ago. It need not be changed because of its age.`,
    unseen: 'It is on no list of stolen ones that this Pawpost knows.',
    unlooked:
      'It is not among those that thieves try first. Nobody has looked yet through the long lists of stolen ones.',
  },
  noStep: {
    title: 'Your password is the only lock',
    says: 'Whoever finds it out gets into your account. A second step keeps them out: an app on your phone, or a passkey.',
    todo: 'Add a second step',
  },
  step: {
    title: 'You sign in in two steps',
    says: 'Whoever finds out your password still cannot get into your account.',
  },
  fewCodes: {
    title: 'Recovery codes run out',
    says: (left: number): string =>
      left === 1
        ? 'One recovery code is left for the day when your phone is lost.'
        : `${left} recovery codes are left for the day when your phone is lost.`,
    todo: 'Make new codes',
  },
  signedIn: {
    title: (places: number): string =>
      places === 1 ? 'Signed in at one place' : `Signed in at ${places} places`,
    here: 'It is this one.',
    says: 'This is one of them. Do you know the others?',
    todo: 'Show where',
  },
})
