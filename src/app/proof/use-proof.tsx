import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { factorsOf } from '../../client/factors.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { hasPasskeys } from '../passkeys/support.ts'
import { useApp } from '../ui/context.ts'
import { Prove } from './prove.tsx'

/** Does something, after asking the person for a proof where the server wants one. */
export type Proven = <T>(work: () => Promise<T>) => Promise<T>

type Asking = {
  readonly hasPasskey: boolean
  readonly proved: () => void
  readonly given: (error: PawpostError) => void
}

/**
 * The proof that it is still the same person, asked for only when the server wants it: `proven` tries,
 * asks, and tries again. Who goes back has not proved anything: `proof-needed`. `dialogue` belongs on
 * the page, outside of every form.
 */
export function useProof(): { proven: Proven; dialogue: JSX.Element | null } {
  const { client } = useApp()
  const [asking, setAsking] = useState<Asking | undefined>(undefined)
  const ask = async (): Promise<void> => {
    const { passkeys } = await factorsOf(client)
    const hasPasskey = passkeys.length > 0 && hasPasskeys()
    try {
      await new Promise<void>((proved, given) => setAsking({ hasPasskey, proved, given }))
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
      hasPasskey={asking.hasPasskey}
      onProved={asking.proved}
      onClose={() => asking.given(new PawpostError('proof-needed'))}
    />
  ) : null
  return { proven, dialogue }
}
