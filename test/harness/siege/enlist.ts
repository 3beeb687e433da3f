import { openProfile } from '../../../src/cli/client/profile.ts'
import { confirmAddress, signUp } from '../../../src/client/session.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from '../account.ts'
import type { Castle } from './castle.ts'
import type { Actor } from './look.ts'

/** Opens an account for a profile folder. */
export async function enlist(castle: Castle, { profile }: Actor): Promise<void> {
  using opened = await openProfile(profile, castle.origin)
  const email = freshAddress()
  await signUp(opened.client, { email, password: GOOD_PASSWORD })
  await confirmAddress(opened.client, await newestCode(castle, email))
}
