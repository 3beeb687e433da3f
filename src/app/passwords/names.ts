import type { Client } from '../../client/client.ts'
import { readProfile } from '../../client/profile.ts'

/**
 * The names of the child and the family, as far as this device was told them. They are for comparing
 * with a new password on this device: the server never learns them.
 */
export async function familyNames(client: Client): Promise<readonly string[]> {
  const profile = await readProfile(client)
  if (!profile) return []
  return [...profile.children, ...profile.people].map(({ name }) => name)
}
