import type { SessionCaller } from '../platform/http/callers.ts'
import type { Database } from '../tables.ts'
import { limits } from './lifetime.ts'

/**
 * Notes which device is used in a session, by the vault's tag of it: a dump does not tell which
 * account is whose device.
 */
export async function bindDevice(
  db: Database,
  { session }: SessionCaller,
  tag: Uint8Array,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ device_tag: Buffer.from(tag) })
    .where('token', '=', Buffer.from(session))
    .execute()
}

/** Whether somebody is signed in with a device that was noted. */
export async function hasDevice(db: Database, tag: Uint8Array, now: number): Promise<boolean> {
  const { seenBefore, createdBefore } = limits(now)
  const found = await db
    .selectFrom('sessions')
    .select('token')
    .where('device_tag', '=', Buffer.from(tag))
    .where('seen_at', '>=', seenBefore)
    .where('created_at', '>=', createdBefore)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
