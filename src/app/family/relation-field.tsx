import type { JSX } from 'preact'
import { RELATIONS, type Relation } from '../../protocol/message/kinds.ts'
import { Select } from '../ui/select.tsx'
import { people as words } from './people-texts.ts'

type Props = {
  readonly chosen: Relation | undefined
  readonly onChoose: (relation: Relation | undefined) => void
}

/** What somebody is to the child; it need not be said. */
export function RelationField({ chosen, onChoose }: Props): JSX.Element {
  return (
    <Select
      label={words.relation}
      value={chosen ?? ''}
      options={[{ value: '', label: words.unsaid }, ...OPTIONS]}
      onChange={(value) => onChoose(RELATIONS.find((relation) => relation === value))}
    />
  )
}

const OPTIONS = RELATIONS.map((value) => ({ value, label: words.relations[value] }))
