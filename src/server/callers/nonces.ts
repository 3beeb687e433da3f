import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId } from '../../protocol/ids.ts'
import { CLOCK_TOLERANCE } from '../../protocol/request-signature.ts'
import type { Clock } from '../platform/clock.ts'

/** A signature is accepted from this long before to this long after its time, by our clock. */
const REMEMBERED_MS = 2 * CLOCK_TOLERANCE * 1000

/** Nonces remembered at most, in all and of one signer: about 100 bytes each. */
const LIMITS = { all: 400_000, signer: 40_000 }

/** Remembers the nonces of requests, so that no request counts twice. */
export interface Nonces {
  /**
   * Uses a nonce up. Throws `signature-refused` when it was used before, and, where nothing more
   * can be remembered, `too-many` (of this signer) or `busy` (of all).
   */
  use(signer: DeviceId, nonce: string): void
}

/**
 * Nonces in the memory of this process, forgotten at a restart and not shared with others: what a
 * signed request changes is safe to repeat, or refused by its own rule when repeated.
 */
export function createNonces(clock: Clock, limits = LIMITS): Nonces {
  /** When each was used, oldest first. */
  const used = new Map<string, { signer: DeviceId; at: number }>()
  const counts = new Map<DeviceId, number>()

  function forget(now: number): void {
    for (const [key, { signer, at }] of used) {
      if (at + REMEMBERED_MS >= now) return
      used.delete(key)
      const left = (counts.get(signer) ?? 1) - 1
      if (left > 0) counts.set(signer, left)
      else counts.delete(signer)
    }
  }

  return {
    use(signer, nonce) {
      const now = clock.now()
      forget(now)
      const key = `${signer} ${nonce}`
      if (used.has(key)) throw new PawpostError('signature-refused', 'nonce')
      const count = (counts.get(signer) ?? 0) + 1
      if (count > limits.signer) throw new PawpostError('too-many')
      if (used.size >= limits.all) throw new PawpostError('busy')
      used.set(key, { signer, at: now })
      counts.set(signer, count)
    },
  }
}
