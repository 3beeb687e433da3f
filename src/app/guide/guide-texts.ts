import { later } from '../language/later.ts'

/** What the guide says. It is no part of `texts`: it comes with its page, not with the first one. */
export const guide = later('guide', {
  title: 'Keep your account safe',
  lead: 'Years ago, strangers took the list of accounts of a maker of talking toys. Many passwords on it were short or used elsewhere, and were soon guessed. Five small habits keep you out of such a story.',
  habits: [
    {
      title: 'Make it long',
      says: 'A few words in a row are easy to remember and hard to guess: four or five that have nothing to do with each other. Length counts, odd signs do not. Leave out the names of your child, the toy and your family: others know them.',
    },
    {
      title: 'Use it only here',
      says: 'If another service loses your password, nobody can come in here with it. Your browser or phone can remember a different one for each place, and it will not mix them up.',
    },
    {
      title: 'Add a second step',
      says: 'Wherever signing in can ask for more than the password, say yes: a passkey, or a code from an app on your phone. Begin with your mailbox, because whoever reads your mail can ask for new passwords.',
    },
    {
      title: 'Watch your other accounts',
      says: 'If a password of yours has become known, change it wherever you used it. Look out for mails about sign-ins, orders or changes that were not yours.',
    },
  ],
  told: {
    title: 'Ask to be told',
    says: 'Have I Been Pwned tells you, free of charge, when your address turns up on a stolen list. Look yourself up there, and ask it to write to you when it happens again.',
  },
  pwned: 'Have I Been Pwned',
  elsewhere: 'opens another website',
  ours: 'What Pawpost does',
  oursSays: [
    'Recordings are locked on your device before they leave it. Only your family’s devices and your recovery card can open them: your password alone cannot.',
    'The names of your child and your family are known to your devices only.',
    'Nobody can read your password here. It is kept in a form that is slow to guess.',
    'Passwords that thieves try first are refused.',
  ],
})

/** Opened only by somebody who follows the link. */
export const PWNED = 'https://haveibeenpwned.com/'
