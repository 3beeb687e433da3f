import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPasswords, type Passwords } from '../../src/server/passwords/passwords.ts'

/** Real passwords at the lowest cost there is: nothing is measured, and a hash takes little. */
export async function cheapPasswords(folder: string): Promise<Passwords> {
  const floor = { memoryCost: 19_456, timeCost: 2 }
  await writeFile(join(folder, 'password-cost.json'), JSON.stringify(floor))
  return createPasswords(folder)
}
