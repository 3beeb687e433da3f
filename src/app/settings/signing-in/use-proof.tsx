import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { FactorList } from '../../../protocol/api/factors.ts'
import { PawpostError } from '../../../protocol/errors.ts'
import { Prove } from './prove.tsx'

/** Does something, after asking the person for a proof where the server wants one. */
export type Proven = <T>(work: () => Promise<T>) => Promise<T>

type Asking = { readonly proved: () => void; readonly given: (error: PawpostError) => void }

/**
 * The proof that it is still the same person, asked for only when the server wants it: `proven` tries,
 * asks, and tries again. Who goes back has not proved anything: `proof-needed`. `dialogue` belongs on
 * the page, outside of every form.
 */
export function useProof(factors: FactorList | undefined): {
  proven: Proven
  dialogue: JSX.Element | null
} {
  const [asking, setAsking] = useState<Asking | undefined>(undefined)
  const ask = async (): Promise<void> => {
    try {
      await new Promise<void>((proved, given) => setAsking({ proved, given }))
    } finally {
      setAsking(undefined)
    }
  }
  const proven: Proven = async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PawpostError) || error.code !== 'proof-needed') throw error
      await ask()
      return work()
    }
  }
  const dialogue = asking ? (
    <Prove
      factors={factors}
      onProved={asking.proved}
      onClose={() => asking.given(new PawpostError('proof-needed'))}
    />
  ) : null
  return { proven, dialogue }
}
