import type { JSX } from 'preact'
import { SignOutBelow } from '../sign-out.tsx'
import { SigningIn } from './signing-in.tsx'

/** Comes before everything else where everybody needs a second step and this account has none. */
export function FirstFactor({ onDone }: { onDone: () => void }): JSX.Element {
  return (
    <>
      <SigningIn onFirst={onDone} />
      <SignOutBelow />
    </>
  )
}
