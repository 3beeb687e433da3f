import type { Client } from '../../../client/client.ts'

/** One thing that was looked at, in plain words. */
export type Line = {
  readonly title: string
  readonly state: 'fine' | 'look'
  readonly says: string
  /** Where something can be done about it. */
  readonly todo?: { readonly label: string; readonly to: string }
}

/** Somebody who knows something: the family's log here, others elsewhere. No line is ever a guess. */
export type Source = (client: Client) => Promise<readonly Line[]>
