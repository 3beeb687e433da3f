import { later } from '../language/later.ts'

/** What is said about the family's rules. */
export const rules = later('rules', {
  title: 'Rules',
  lead: 'They hold for the whole family, on every phone.',
  asks: 'There are several of you who decide: the others are asked, and it is so when enough agree.',
  approval: 'What goes to the toy',
  approvalOn: 'Somebody listens first',
  approvalOnHint: 'What relatives say waits until one of you who decide approves it.',
  approvalOff: 'Everything goes to the toy',
  approvalOffHint: 'Nobody has to listen first, whoever speaks.',
  trusted: 'Whom you trust',
  trustedHint: 'What they say needs no approval.',
  nobody: 'There is no relative yet.',
  retention: 'How long messages are kept',
  retentionHint:
    'At least this long, at most twice as long. Then they are deleted everywhere, and nobody can bring them back. What somebody saved stays.',
  keep: (days: number): string => (days === 1 ? 'One day' : `${days} days`),
  keepYear: 'One year',
  forEver: 'For ever',
  save: 'Save the rules',
  saved: 'These are the rules now.',
  asked: 'The others are asked now. The rules change as soon as enough of you agree.',
})
