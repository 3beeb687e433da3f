import type { JSX } from 'preact'
import { Tick } from '../ui/tick.tsx'
import { kids } from './children-texts.ts'

const words = kids.consent

/** The words of the statement PC1 (docs/consent.md), as they are read. */
export function ConsentPoints(): JSX.Element {
  return (
    <dl class="consent">
      {words.points.map(({ title, says }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}

type Props = {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Whether it was gone on without. */
  readonly missing: boolean
}

/** Says that one may decide for the child. */
export function ConsentTick({ checked, onChange, missing }: Props): JSX.Element {
  return (
    <>
      <Tick label={words.tick} hint={words.tickHint} checked={checked} onChange={onChange} />
      {missing && !checked && (
        <p class="problem" role="alert">
          {words.missing}
        </p>
      )}
    </>
  )
}
