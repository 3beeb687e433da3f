/** What is said about recovery cards: a part of `texts`. */
export const card = {
  title: 'Your recovery card',
  lead: 'If your phone is lost or broken, this card brings everything back. Print it or write it down, and put it where you keep important papers.',
  warning:
    'Do not send it to anybody and do not put a photo of it into the cloud: whoever has the card can listen.',
  code: 'Recovery code',
  printed: (name: string): string => `Pawpost recovery card for ${name}’s family`,
  printedHow:
    'When all of your devices are lost: open Pawpost, make an account or sign in, and choose “I have a recovery card”.',
  printedOn: (day: string): string =>
    `Made on ${day}. If there is a newer card, only that one works.`,
  print: 'Print',
  save: 'Save as a file',
  file: 'pawpost-recovery-card.txt',
  qr: 'The same code for a camera',
  done: 'I have put it away',
  sure: 'Is the card in a safe place?',
  sureDetail: 'It is shown only this once.',
  sureYes: 'Yes, it is safe',
  settings: 'Recovery card',
  copy: 'Copy',
  copied: 'Copied.',
  there: 'If all your devices are lost, your recovery card brings everything back.',
  none: 'You have no recovery card yet. If this device is lost or broken, the card brings everything back.',
  make: 'Make a recovery card',
  replace: 'Make a new card',
  replaceHint: 'Make a new one if it is lost, or if somebody else may have seen it.',
  replaceSure: 'Make a new recovery card?',
  replaceDetail: 'The old card stops working for good. Destroy it if you find it.',
  replaceYes: 'Make a new card',
} as const
