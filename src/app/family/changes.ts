import type { PrincipalId } from '../../protocol/ids.ts'
import type { Policy } from '../../protocol/log/ops.ts'
import { asking } from './people-texts.ts'

const words = asking.wants

/** What other rules would change, in plain sentences. */
export function changesIn(
  before: Policy,
  after: Policy,
  nameOf: (person: PrincipalId) => string,
): readonly string[] {
  const gained = after.trusted.filter((person) => !before.trusted.includes(person))
  const lost = before.trusted.filter((person) => !after.trusted.includes(person))
  const changes = [
    ...(before.approval === after.approval ? [] : [approvalWords(after)]),
    ...gained.map((person) => words.trust(nameOf(person))),
    ...lost.map((person) => words.distrust(nameOf(person))),
    ...(before.retention === after.retention ? [] : [retentionWords(after)]),
  ]
  return changes.length === 0 ? [words.nothing] : changes
}

function approvalWords({ approval }: Policy): string {
  return approval ? words.approval : words.noApproval
}

function retentionWords({ retention }: Policy): string {
  return retention === 0 ? words.forEver : words.keep(retention)
}
