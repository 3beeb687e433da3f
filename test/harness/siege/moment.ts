/** A moment in the life of a process: right before or right after its n-th step, counted from 1. */
export type Moment = { readonly at: number; readonly when: 'before' | 'after' }

export type Victim = 'client' | 'server' | 'postgres' | 'server and postgres'

/** What a server is told: who is to die at which statement from now on; or nothing any more. */
export type Order = {
  readonly moment?: Moment
  readonly server?: boolean
  /** The process id of the PostgreSQL that is to die. */
  readonly postmaster?: number
}
