import type { JSX } from 'preact'
import { texts } from '../texts.ts'
import { Paw } from './paw.tsx'

/** A moment of waiting, shown only when it lasts (the style sheet delays it). */
export function Wait({ label = texts.app.opening }: { label?: string }): JSX.Element {
  return (
    <div class="wait" role="status">
      <Paw />
      <p>{label}</p>
    </div>
  )
}
