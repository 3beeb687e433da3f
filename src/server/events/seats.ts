import { PawpostError } from '../../protocol/errors.ts'

/** Streams at most. A device or account with more loses its oldest: those are likely dead. */
const LIMITS = { all: 2000, account: 16, device: 3 }

export type Sitter = { readonly account: string; readonly device: string }

/** Bounds how many streams are open. */
export interface Seats {
  /** Throws `busy` when all seats are taken. */
  demandFree(): void
  /** Takes a seat until disposed; the signal aborts when it is given to a newer stream. */
  take(sitter: Sitter): Disposable & { readonly signal: AbortSignal }
}

export function createSeats(limits = LIMITS): Seats {
  /** Oldest first. */
  const taken = new Map<AbortController, Sitter>()

  function giveUpOldest(isSame: (sitter: Sitter) => boolean, limit: number): void {
    const same = [...taken].filter(([, sitter]) => isSame(sitter))
    for (const [seat] of same.slice(0, Math.max(0, same.length - limit))) {
      taken.delete(seat)
      seat.abort()
    }
  }

  return {
    demandFree() {
      if (taken.size >= limits.all) throw new PawpostError('busy')
    },
    take(sitter) {
      const seat = new AbortController()
      taken.set(seat, sitter)
      giveUpOldest(({ device }) => device === sitter.device, limits.device)
      giveUpOldest(({ account }) => account === sitter.account, limits.account)
      return { signal: seat.signal, [Symbol.dispose]: () => void taken.delete(seat) }
    },
  }
}
