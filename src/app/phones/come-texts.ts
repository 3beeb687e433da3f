import { first } from '../language/language.ts'

/** What the first screen says to another phone: it comes with that screen, not with the others. */
export const comeSignIn = first('comeSignIn', 'Sign in with the account of your other phone.')
