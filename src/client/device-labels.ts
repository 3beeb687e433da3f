import { z } from 'zod'
import { label, type Label } from '../keys/pairing.ts'
import { deviceId, type DeviceId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import type { Write } from './store.ts'

/**
 * What one's own devices are called. A device tells it to the one that brings it in, and hears there
 * what the others are called; nobody else ever learns it.
 */
const PREFIX = 'device-label/'
const record = z.strictObject({ device: deviceId.schema, label })
export type Labelled = z.infer<typeof record>

export async function deviceLabels(client: Client): Promise<ReadonlyMap<DeviceId, Label>> {
  const entries = await client.store.list(PREFIX, record)
  return new Map(entries.map(({ value }) => [value.device, value.label]))
}

export function labelWrite(labelled: Labelled): Write {
  return { key: PREFIX + labelled.device, value: labelled }
}
