import { type FactorParts, type Factors, withLimiters } from './parts.ts'

export { deleteDevicesOf } from './device-store.ts'
export { listDevices } from './devices.ts'
export { FACTOR_NEWS, type FactorNews, type FactorParts, type Factors } from './parts.ts'
export { requireProof, requireSecondProof } from './proofs.ts'
export { requireAdded } from './required.ts'
export { requireNoSecond } from './pending.ts'
export { countFactors, deleteEveryPending, deletePendingOf } from './store.ts'

/**
 * Second factors: an authenticator app, passkeys, and recovery codes for when both are lost. A
 * passkey that verified its person may also sign in alone. E-mail is none of them.
 */
export function createFactors(parts: FactorParts): Factors {
  return withLimiters(parts)
}
