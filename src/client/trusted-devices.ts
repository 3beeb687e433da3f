import { z } from 'zod'
import {
  beginDeviceCompletion,
  completeByDevice,
  listTrustedDevices,
  removeTrustedDevice,
  type TrustedDevice,
} from '../protocol/api/second-step.ts'
import { toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { AccountId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { noteSignedIn } from './session.ts'

/** What this device is called where it is remembered, by account. */
const KEY = 'trusted/'
const record = z.strictObject({ device: z.string() })

/** Notes what the server calls this device, now that it is remembered. */
export async function noteRemembered(
  client: Client,
  account: AccountId,
  device: string,
): Promise<void> {
  await client.store.write([{ key: KEY + account, value: { device } }])
}

/**
 * Completes a sign-in whose password was right with this device's own key, if the account remembers
 * the device. False if it does not (any more), or if anything came between: then the person is asked.
 */
export async function completeWithDevice(client: Client): Promise<boolean> {
  if ((await client.store.list(KEY, record)).length === 0) return false
  try {
    const { account, challenge } = await client.api.call(beginDeviceCompletion, { body: {} })
    if (!(await client.store.get(KEY + account, record))) return false
    return await sign(client, account, challenge)
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    return false
  }
}

async function sign(client: Client, account: AccountId, challenge: string): Promise<boolean> {
  const device = await client.keeper.device()
  const body = { challenge, key: toBase64url(device.sig) }
  try {
    await client.api.call(completeByDevice, { body }, device)
  } catch (error) {
    // Later sign-ins do not try in vain.
    if (error instanceof PawpostError && error.code === 'factor-refused') {
      await client.store.write([{ key: KEY + account, value: undefined }])
    }
    throw error
  }
  await noteSignedIn(client, account)
  return true
}

/** A device that is not asked for a second factor; `here` is this one. */
export type RememberedDevice = TrustedDevice & { readonly here: boolean }

/** The devices that this account remembers, the newest first. */
export async function rememberedDevices(client: Client): Promise<readonly RememberedDevice[]> {
  const { devices } = await client.api.call(listTrustedDevices, {})
  const mine = new Set((await client.store.list(KEY, record)).map(({ value }) => value.device))
  return devices.map((one) => ({ ...one, here: mine.has(one.device) }))
}

/** Has the account forget a device: it is asked for a second factor again. */
export async function forgetDevice(client: Client, device: string): Promise<void> {
  await client.api.call(removeTrustedDevice, { params: { device } })
}
