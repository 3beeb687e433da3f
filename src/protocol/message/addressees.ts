import { z } from 'zod'
import { principalId, type PrincipalId } from '../ids.ts'

/** Addressees of one message, at most. */
const MOST = 32

/** Each addressee once, with the epoch that a message is encrypted to. */
export const addressees = z
  .array(z.strictObject({ pid: principalId.schema, epoch: z.int().min(1) }))
  .min(1)
  .max(MOST)
  .refine((to) => new Set(pidsOf(to)).size === to.length)
export type Addressee = z.infer<typeof addressees>[number]

/** Who the addressees are, in order. */
export function pidsOf(to: readonly { readonly pid: PrincipalId }[]): readonly PrincipalId[] {
  return to.map(({ pid }) => pid)
}

/** Whether two lists name the same addressees and epochs in the same order. */
export function sameAddressees(a: readonly Addressee[], b: readonly Addressee[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ pid, epoch }, at) => pid === b[at]?.pid && epoch === b[at].epoch)
  )
}
