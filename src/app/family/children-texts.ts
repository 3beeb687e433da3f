import { later } from '../language/later.ts'

/** What is said about the children: consent, toy, birthday, quiet hours. */
export const kids = later('kids', {
  consent: {
    title: 'Before we begin',
    titleFor: 'Before you add a child',
    lead: 'Please read these four points. You decide them for the child.',
    points: [
      {
        title: 'What is kept',
        says: 'Pawpost keeps recordings of this child’s voice, and recordings that people make for this child, together with the names, pictures and birthdays that a guardian gives.',
      },
      {
        title: 'Who can hear them',
        says: 'The guardians of this family, and each person the guardians let in, as far as a guardian passes recordings on to them. Nobody else: not the people who run this server.',
      },
      {
        title: 'How long',
        says: 'As long as the family’s rule says (30 days unless it is changed), and for longer what somebody saves.',
      },
      {
        title: 'How to end it',
        says: 'In “Family”, choose the child, then “End this”. Everything can be downloaded first, and everything can be deleted.',
      },
    ],
    tick: 'I am allowed to decide this for the child',
    tickHint: 'Such as a parent. What you decide here is noted in your family’s record.',
    missing: 'Please tick that you are allowed to decide this.',
    go: 'I agree',
  },
  newTitle: 'A new child',
  name: 'The child’s name or nickname',
  toy: 'What is the toy?',
  plushes: { bear: 'Bear', cat: 'Cat', dog: 'Dog', bunny: 'Bunny', unicorn: 'Unicorn' },
  the: {
    bear: 'the bear',
    cat: 'the cat',
    dog: 'the dog',
    bunny: 'the bunny',
    unicorn: 'the unicorn',
  },
  pet: 'What is the toy called? (if it has a name)',
  birthday: 'Birthday (if you like)',
  birthdayHint: 'Day and month only. No year is needed for a cake.',
  day: 'Day',
  month: 'Month',
  none: '–',
  add: 'Add the child',
  added: (name: string): string => `${name} is here now.`,
  save: 'Save',
  saved: 'Saved.',
  birthdayOn: (day: string): string => `Birthday on ${day}`,
  noBirthday: 'Please choose both the day and the month, or none.',

  quiet: {
    title: 'Quiet hours',
    lead: 'While the child sleeps, messages wait until the morning, and the toy is soft.',
    school: 'On school nights',
    schoolHint: 'Sunday to Thursday',
    free: 'At the weekend',
    freeHint: 'Friday and Saturday',
    from: 'From',
    to: 'To',
    zone: 'Where does the child sleep?',
    zoneHint: 'The hours follow the clock there.',
    volume: 'How loud the toy may be then',
    percent: (share: number): string => `${share} %`,
    tonight: (from: string, to: string, toy: string): string =>
      `Tonight from ${from} to ${to} ${toy} stays quiet.`,
    now: (to: string, toy: string): string => `Right now ${toy} stays quiet, until ${to}.`,
    next: (from: string, to: string, toy: string): string =>
      `From ${from} until ${to} ${toy} stays quiet.`,
    never: (toy: string): string => `So far ${toy} is never quiet.`,
    same: 'A night that ends when it begins is no night. Please change one of the times.',
  },

  end: {
    title: 'End this',
    says: (name: string): string =>
      `You can take back that ${name} takes part. You can download everything first.`,
    button: 'End this',
    sure: (name: string): string => `End this for ${name}?`,
    detail: (name: string): string =>
      `From now on nothing new is recorded by or for ${name}, and nothing goes to the toy. What was said before stays until its time is over, and can be downloaded and deleted. To begin again, ${name} is added anew.`,
    yes: 'End it',
    done: (name: string): string => `It is ended for ${name}.`,
    download: 'Download everything',
  },
})

/** What the toy screen says while a child sleeps. */
export const asleep = later('asleep', {
  until: (name: string, time: string): string => `${name} sleeps until ${time}.`,
  morning: 'Send it in the morning?',
  hint: 'It stays here, ready to be sent.',
  anyway: 'Send it now anyway',
  sure: (name: string): string => `Send it now, while ${name} sleeps?`,
  detail: 'The toy blinks, and it may wake somebody. It is set to be soft.',
  yes: 'Send it now',
  softer: 'It is quiet time: the toy stays soft.',
})
