import type { Equivalent } from './campaign.ts'

/**
 * Mutants that no test can kill, each with the proof. An entry that names no mutant any more, or
 * one that is killed after all, fails the campaign.
 */
export const EQUIVALENT: readonly Equivalent[] = []
