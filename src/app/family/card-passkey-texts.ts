import { later } from '../language/later.ts'

/** What is said about a passkey that keeps the recovery card. */
export const cardPasskey = later('cardPasskey', {
  title: 'A passkey as one more way back',
  offer:
    'A passkey of yours can keep this card, too. If phone and card are both lost, it brings everything back.',
  keep: 'Let a passkey keep the card',
  kept: 'A passkey of yours keeps this card. Keep the printed one all the same: passkeys get lost, too.',
  outdated:
    'Your passkey keeps an older card, which opens nothing any more. Let it keep the new one.',
  none: 'You have no passkey yet. Make one first.',
  make: 'Signing in and passkeys',
  typed: 'Type the code of your recovery card',
  done: 'Your passkey keeps the card now.',
  use: 'Use my passkey',
  useSays: 'A passkey of yours keeps your recovery card. It can stand in for it.',
  dead: 'Your passkey keeps an older card. It was replaced, so it opens nothing any more. Please use the newest card.',
})
