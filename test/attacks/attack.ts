import type { HouseholdId, RequestId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type { Party } from '../harness/family.ts'
import type { Whole } from '../harness/illegal-links.ts'
import type { Lie } from '../evil-server/proxy.ts'

/** The five classes of the published breaks, by their letter in docs/protocol.md. */
export const CLASSES = {
  K: 'server-chosen keys',
  M: 'server-chosen membership',
  A: 'unauthenticated metadata',
  D: 'downgrade',
  R: 'recovery paths',
} as const
export type Class = keyof typeof CLASSES

/**
 * Who attacks: the server alone, or with a member whose program was changed, or with who stole a
 * device, a card or an invitation that was to count no longer; and the threats that this is.
 */
export const ATTACKERS = {
  server: 'T2',
  'server and member': 'T2 T8 T9',
  'server and thief': 'T2 T9 T14',
} as const
export type Attacker = keyof typeof ATTACKERS

/** What the victim does while it is lied to. Without one it only keeps in step. */
export type Act =
  | { readonly does: 'step' }
  | { readonly does: 'join'; readonly link: string }
  | { readonly does: 'recover'; readonly code: string }
  /** Looks who wants to come in, or at one of them. */
  | { readonly does: 'look'; readonly request?: RequestId }

/** A lie, ready to be told. */
export type Staged = {
  readonly lie: Lie
  readonly act?: Act
  /** What is honest in what the victim is shown; the log as it stood, when absent. */
  readonly honest?: Household
  /** An honest message that is to be shown: for controls, which are no attacks. */
  readonly adds?: string
  /** The key that it wants to be held: a principal and an epoch. */
  readonly plants?: string
}

/** The family under siege: all of its keys but the server's are the test's. The victim is dad. */
export type World = Whole & {
  readonly origin: string
  readonly household: HouseholdId
  /** The recovery card's code. */
  readonly code: string
  /** Another relative, and the envelope of the one message that there is. */
  readonly aunt: Party
  readonly said: Uint8Array
  readonly victim: Party
}

/**
 * One attack: it succeeds unless the victim refuses it with exactly this code and reason. With an
 * empty `refused` it is none, and nothing may be refused.
 */
export type Attack = {
  readonly class: Class
  readonly by: Attacker
  readonly what: string
  readonly refused: string
  readonly stage: (world: World) => Promise<Staged>
}
