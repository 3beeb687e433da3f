import { killAndCount } from '../harness/kill-loop.ts'

/**
 * Nothing acknowledged is lost, at release strength: the server killed 300 times while it stores
 * messages, every third time with its PostgreSQL. Throws where anything is missing, there twice or
 * changed; returns what was counted.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  return killAndCount(300, seed)
}
