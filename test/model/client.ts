import type { Device } from '../../src/keys/device.ts'
import { addSecret, EMPTY_KEYRING, secretsOf, type Keyring } from '../../src/keys/keyring.ts'
import { open, seal, type Arrived, type Draft, type Sealed } from '../../src/keys/message.ts'
import { openWrap } from '../../src/keys/principal.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import type { DeviceId, MessageId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type { LastMessage } from '../../src/protocol/log/ops.ts'
import { NOTHING_SENT } from '../../src/protocol/log/membership.ts'
import { applyLink, verifyLog } from '../../src/protocol/log/verify.ts'
import type { Inner } from '../../src/protocol/message/inner.ts'
import type { Original } from '../../src/protocol/message/kinds.ts'

/** A message that this client took as true, in the order it did. */
export type Accepted = { readonly inner: Inner; readonly original: Original }

/**
 * A thin client over src/keys and src/protocol, without the network: what lies on its disk, and
 * what is in its memory and gone after a crash.
 */
export type Client = {
  readonly device: Device
  readonly disk: Disk
  household: Household | undefined
}

type Disk = {
  readonly links: Uint8Array[]
  keyring: Keyring
  readonly received: Map<DeviceId, LastMessage>
  readonly accepted: Accepted[]
  /** The last message this device signed. */
  last: LastMessage
}

export function newClient(device: Device): Client {
  const disk = {
    links: [],
    keyring: EMPTY_KEYRING,
    received: new Map(),
    accepted: [],
    last: NOTHING_SENT,
  }
  return { device, disk, household: undefined }
}

/** The household as this client verified it, from its disk if it has forgotten. */
export function known(client: Client): Household {
  client.household ??= verifyLog(client.disk.links)
  return client.household
}

/** Another start of the same installation. */
export function restart(client: Client): void {
  client.household = undefined
}

/** The same installation once more: what it does changes nothing of the first. */
export function copyOfClient({ device, disk }: Client): Client {
  const { links, received, accepted } = disk
  const copied = { links: [...links], received: new Map(received), accepted: [...accepted] }
  return { device, disk: { ...disk, ...copied }, household: undefined }
}

/**
 * Takes what a server shows of the log, and the wraps it names for this device. Throws `tampered`
 * (`roll-back`) for a log that became shorter and `log-refused` for links that do not follow; the
 * links before those are kept.
 */
export async function pull(
  client: Client,
  shown: readonly Uint8Array[],
  wraps: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { links } = client.disk
  if (shown.length < links.length) throw new PawpostError('tampered', 'roll-back')
  try {
    for (const link of shown.slice(links.length)) {
      const verified = links.length > 0 ? known(client) : undefined
      client.household = applyLink(verified, link)
      links.push(link)
    }
  } finally {
    await settle(client, wraps)
  }
}

/** Opens the wraps that the log names for this device, and forgets what was closed for ever. */
async function settle(client: Client, wraps: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const household = known(client)
  const { device, disk } = client
  const open = ({ of, epoch }: { of: string; epoch: number }): boolean =>
    [...household.principals.values()].some((one) => one.id === of && epoch >= one.open)
  const held = secretsOf(disk.keyring).filter(open)
  let keyring = held.reduce(addSecret, EMPTY_KEYRING)
  for (const { id: of, epochs } of household.principals.values()) {
    for (const { epoch, wraps: named } of epochs) {
      const ref = named.find(({ to }) => to === device.id)
      if (!ref || keyring.get(of)?.has(epoch)) continue
      const wrap = wraps.get(toHex(ref.hash)) ?? new Uint8Array()
      keyring = addSecret(keyring, await openWrap(household, device, wrap, { of, epoch }))
    }
  }
  disk.keyring = keyring
}

/** Opens a message and keeps it; gives the reason where it is refused. */
export async function receive(client: Client, arrived: Arrived): Promise<string> {
  const { keyring, received, accepted } = client.disk
  const ids = new Set<MessageId>(accepted.map(({ inner }) => inner.mid))
  const before = {
    last: (by: DeviceId) => received.get(by),
    has: (mid: MessageId) => ids.has(mid),
  }
  try {
    const { inner, original, hash } = await open(known(client), keyring, arrived, before)
    received.set(inner.by, { n: inner.n, hash })
    accepted.push({ inner, original })
    return 'accepted'
  } catch (error) {
    if (!(error instanceof PawpostError) || error.code !== 'message-refused') throw error
    return error.reason ?? error.code
  }
}

/** Signs a message; the counter is on the disk before the message leaves. */
export async function write(
  client: Client,
  draft: Omit<Draft, 'n' | 'prev'>,
): Promise<Sealed & { readonly n: number }> {
  const { n, hash: prev } = client.disk.last
  const sealed = await seal(known(client), client.device, { ...draft, n: n + 1, prev })
  client.disk.last = { n: n + 1, hash: sealed.hash }
  return { ...sealed, n: n + 1 }
}
