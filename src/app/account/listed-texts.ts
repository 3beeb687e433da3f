import { later } from '../language/later.ts'

/** Said on the home screen and in the check-up, which come at different times. */
export const listed = later('listed', {
  title: 'Your address was stolen elsewhere',
  says: (sources: string): string =>
    `Your e-mail address is on a list that thieves carry around: ${sources}. It does not come from here. Such lists often hold passwords, too, and they are tried everywhere. Choose a new password here, and another one wherever you used the same.`,
  todo: 'Choose a new password',
})
