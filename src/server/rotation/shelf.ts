import type { Client } from 'pg'
import type { Log } from '../platform/log.ts'
import type { Vault } from '../vault/vault.ts'

export type ShelfParts = {
  readonly client: Client
  readonly vault: Vault
  readonly log: Log
  /** Version of the newest index key. */
  readonly indexKv: number
}

/** Rows of one kind that are sealed by the vault, by the ids of those whose keys seal them. */
export interface Shelf {
  /** The next ids after one (from the beginning after ''), in order; none at the end. */
  next(after: string): Promise<string[]>
  /** Gives them newer keys. */
  renew(ids: readonly string[]): Promise<void>
  /**
   * Seals their rows under the newest keys. Returns how many rows were not sealed so; what somebody
   * else changes meanwhile is theirs.
   */
  reseal(ids: readonly string[]): Promise<number>
  /** Destroys their older keys. */
  retire(ids: readonly string[]): Promise<void>
}
