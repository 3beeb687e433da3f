import { demandMatrices } from '../model/random.ts'

const HISTORIES = 1000

/**
 * Who can open what, at release strength: 1,000 random histories of households (or as many as the
 * third argument says, or as fit into as many minutes as the fourth says), in each of which every device, card and drop-box, old and new, thieves of
 * keys and of the database, and the server try to open every message by real decryption.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const histories = Number(process.argv[4] ?? HISTORIES)
  const plan = { histories, length: 10, messages: 14, minutes: Number(process.argv[5] ?? 600) }
  return { length: plan.length, ...(await demandMatrices(plan, seed % 2 ** 31)) }
}
