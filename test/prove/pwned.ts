import { cpus, loadavg } from 'node:os'
import { measure } from '../bench/pwned.ts'

/** Bits per entry that a filter may take. */
const MOST = { '16 bits': 18.1, '8 bits': 9.1 }

/**
 * The filter of breached passwords at 1, 10 and (where the third argument and those after it say so:
 * `npm run prove -- pwned 1 100`) 100 million hashes. Throws when it takes more than it may, or takes
 * more strangers for members than it may.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const asked = process.argv.slice(4).map(Number)
  const millions = asked.length > 0 ? asked : [1, 10]
  const busy = loadavg()[0]
  const figures = await measure(millions, seed)
  for (const { name, value } of figures) requireGood(name, value)
  const rows = figures.map(({ name, value, unit }) => [`${name} (${unit})`, rounded(value)])
  const machine = `${cpus().length} x ${cpus()[0]?.model}`
  return { millions, machine, loadBefore: busy, figures: Object.fromEntries(rows) }
}

function requireGood(name: string, value: number): void {
  for (const [kind, most] of Object.entries(MOST)) {
    if (name.endsWith(`${kind}: size`) && value > most) throw new Error(`${name}: ${value}`)
  }
  // 61 of four million are expected at 2^-16; five standard deviations are allowed.
  if (name.endsWith('16 bits: false positives') && value > 1e-4 / 4)
    throw new Error(`${name}: ${value}`)
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
