import assert from 'node:assert/strict'
import { CLASSES, type Attack, type Class } from './attack.ts'

const FEWEST = 60
const FEWEST_OF_A_CLASS = 6

/** Demands that there are enough attacks, and that no two are refused with the same reason. */
export function demandBreadth(attacks: readonly Attack[]): void {
  assert.ok(attacks.length >= FEWEST)
  assert.equal(new Set(attacks.map(({ refused }) => refused)).size, attacks.length)
  for (const [name, count] of Object.entries(countsOf(attacks))) {
    assert.ok(count >= FEWEST_OF_A_CLASS, `${name}: ${count}`)
  }
}

/** How many attacks there are of each class. */
export function countsOf(attacks: readonly Attack[]): Record<Class, number> {
  const count = (one: Class): number => attacks.filter((attack) => attack.class === one).length
  return { K: count('K'), M: count('M'), A: count('A'), D: count('D'), R: count('R') }
}

/** Class by count, to be printed. */
export function tableOf(attacks: readonly Attack[]): readonly string[] {
  const counts = Object.entries(countsOf(attacks)) as [Class, number][]
  const lines = counts.map(([one, count]) => `${one}  ${CLASSES[one].padEnd(26)} ${count}`)
  return [...lines, `   ${'all'.padEnd(26)} ${attacks.length}`]
}

/** Rows of the table in SECURITY.md: the class, how many attacks, and what they are refused with. */
export function rowsOf(attacks: readonly Attack[]): readonly string[] {
  return (Object.keys(CLASSES) as Class[]).map((one) => {
    const mine = attacks.filter((attack) => attack.class === one)
    return `| **${one}** ${CLASSES[one]} | ${mine.length} | ${reasonsOf(mine)} |`
  })
}

function reasonsOf(attacks: readonly Attack[]): string {
  const split = attacks.map(({ refused }) => refused.split('/') as [string, string])
  const groups = Map.groupBy(split, ([code]) => code)
  return [...groups]
    .map(([code, of]) => `${code}: ${of.map(([, reason]) => `\`${reason}\``).join(' ')}`)
    .join('; ')
}
