import type { Client } from '../../client/client.ts'
import { hide } from '../../client/keeping.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { createValue } from '../platform/value.ts'
import { codeOf, type Trouble } from '../ui/problem.tsx'

/** How long one may think better of it. */
const UNDO_MS = 10_000

type Hiding = {
  /** What no list shows any more. */
  readonly gone: ReadonlySet<MessageId>
  /** What can still be brought back. */
  readonly last?: MessageId
  readonly problem?: Trouble
}

/** What was deleted in this window, at once; the other phones are told when nobody undid it. */
export const hiding = createValue<Hiding>({ gone: new Set() })

const pending: { commit?: () => Promise<void>; timer?: ReturnType<typeof setTimeout> } = {}

/** Takes a message out of sight, for good after some seconds. One at a time can be brought back. */
export function hideSoon(client: Client, message: MessageId): void {
  void settle()
  hiding.set({ gone: goneWith(message), last: message })
  pending.commit = () => hide(client, message).catch((error: unknown) => bringBack(message, error))
  pending.timer = setTimeout(() => void settle(), UNDO_MS)
}

/** Takes out of sight what is being deleted for everybody. */
export function vanish(message: MessageId): void {
  hiding.set({ ...hiding.get(), gone: goneWith(message) })
}

/** Brings the last one back: nothing was told yet. */
export function undoHiding(): void {
  const { last } = hiding.get()
  clearTimeout(pending.timer)
  delete pending.commit
  if (last) hiding.set({ gone: goneWithout(last) })
}

/** Waits no longer: what is out of sight is deleted. */
export async function settle(): Promise<void> {
  clearTimeout(pending.timer)
  const { commit } = pending
  delete pending.commit
  const { gone } = hiding.get()
  hiding.set({ gone })
  await commit?.()
}

function bringBack(message: MessageId, error: unknown): void {
  hiding.set({ gone: goneWithout(message), problem: codeOf(error) })
}

function goneWith(message: MessageId): ReadonlySet<MessageId> {
  return new Set([...hiding.get().gone, message])
}

function goneWithout(message: MessageId): ReadonlySet<MessageId> {
  return new Set([...hiding.get().gone].filter((one) => one !== message))
}
