/** What is said about the family's people: a part of `texts`. */
export const family = {
  title: 'Family',
  people: 'People',
  me: 'you',
  roles: { guardian: 'decides what the toy plays', relative: 'records and listens', toy: 'toy' },
  unnamed: 'Somebody',
  invite: 'Invite somebody',
  invitations: 'Open invitations',
  until: (day: string): string => `can be used until ${day}`,
  show: 'Show the link',
  cancel: 'Take back',
  cancelSure: (name: string): string => `Take the invitation for ${name} back?`,
  cancelDetail: 'The link will not work any more.',
  cancelYes: 'Take it back',
  rename: 'Change the names',
  child: 'the child',
  nameless:
    'This device does not know the names yet. If they do not come by themselves, please write them once more.',
  names: {
    title: 'Names',
    lead: 'What you call each other. Only your family sees it.',
    me: 'What the child calls you',
    person: (name: string): string => `Another name for ${name}`,
    somebody: (place: number): string => `The name of person ${place}`,
    save: 'Save',
    saved: 'Saved.',
  },
}
