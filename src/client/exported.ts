import { z } from 'zod'
import type { Client } from './client.ts'

/**
 * When the family's voices were last copied out, on this device. Who makes an export calls
 * {@link noteExport} when the file was made; the child's screen then shows a picture of it for a day.
 */
const EXPORTED = 'exported'
const SHOWN_MS = 24 * 60 * 60 * 1000

/** Notes that everything was exported just now. */
export async function noteExport(client: Client): Promise<void> {
  await client.store.write([{ key: EXPORTED, value: client.now() }])
  client.changed('messages')
}

/** When everything was last exported (milliseconds since 1970), if it ever was. */
export async function lastExport(client: Client): Promise<number | undefined> {
  return client.store.get(EXPORTED, z.int())
}

/** Whether the child is still to be shown that everything was exported: for a day. */
export async function wasJustExported(client: Client): Promise<boolean> {
  const at = await lastExport(client)
  return at !== undefined && client.now() - at < SHOWN_MS
}
