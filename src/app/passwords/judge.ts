import { fetchApart } from '../platform/modules.ts'
import type { Strength } from './strength.ts'

/** Names that a new password is compared with, on this device only. */
export type Names = () => Promise<readonly string[]>

/** Says how hard a password is to guess for somebody who knows the names and the address. */
export type Judge = (password: string, address: string) => Strength

/** Fetches the judge with its lists of words; nothing without a network: then the length counts. */
export async function fetchJudge(names: Names): Promise<Judge | undefined> {
  try {
    await fetchApart('strength')
    const { strengthOf } = await import('./strength.ts')
    const known = await names().catch(() => [])
    return (password, address) => strengthOf(password, { names: known, address })
  } catch {
    return undefined
  }
}
