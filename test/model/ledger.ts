import type { DeviceId, PrincipalId } from '../../src/protocol/ids.ts'

/**
 * What the design says about who holds what, kept from the events alone: a second telling of
 * docs/protocol.md sections 3 and 4 that reads no log and shares no code with its verifier.
 */
export type Ledger = {
  readonly household: PrincipalId
  /** Who is there, in the order they came. */
  readonly people: Map<PrincipalId, Person>
  readonly newest: Map<PrincipalId, number>
  /** The keys that each device or card holds, or held when it ended. */
  readonly purses: Map<DeviceId, Set<Key>>
  /** Every key a device or card was ever given. */
  readonly given: Map<DeviceId, Set<Key>>
  /** Keys that were closed for ever. */
  readonly closed: Set<Key>
}

export type Role = 'guardian' | 'relative' | 'toy' | 'box'

export type Person = {
  readonly role: Role
  readonly devices: Set<DeviceId>
  card: DeviceId | undefined
  /** The last moment of a drop-box, in milliseconds since 1970. */
  readonly expires?: number
}

/** One epoch of one principal. */
export type Key = `${PrincipalId}#${number}`

export function keyOf(of: PrincipalId, epoch: number): Key {
  return `${of}#${epoch}`
}

export function beginLedger(
  household: PrincipalId,
  { person, device, card }: { person: PrincipalId; device: DeviceId; card: DeviceId },
): Ledger {
  const founder: Person = { role: 'guardian', devices: new Set([device]), card }
  const ledger: Ledger = {
    household,
    people: new Map([[person, founder]]),
    newest: new Map(),
    purses: new Map(),
    given: new Map(),
    closed: new Set(),
  }
  nextEpoch(ledger, person)
  nextEpoch(ledger, household)
  return ledger
}

/** The epoch of a principal that is written to now. */
export function currentKey(ledger: Ledger, of: PrincipalId): Key {
  return keyOf(of, ledger.newest.get(of) ?? 0)
}

export function purseOf({ purses }: Ledger, device: DeviceId): ReadonlySet<Key> {
  return purses.get(device) ?? new Set()
}

/** What a person's devices hold: themself and, if a guardian, the household. */
export function heldBy(ledger: Ledger, person: PrincipalId): readonly PrincipalId[] {
  const role = ledger.people.get(person)?.role
  if (role === 'box') return []
  return role === 'guardian' ? [person, ledger.household] : [person]
}

/** The devices and cards that hold a principal. */
export function holdersOf(ledger: Ledger, of: PrincipalId): readonly DeviceId[] {
  return [...ledger.people]
    .filter(([person]) => heldBy(ledger, person).includes(of))
    .flatMap(([, { devices, card }]) => [...devices, ...(card ? [card] : [])])
}

/** A principal's next epoch: whoever holds it now gets the key, and nobody else. */
export function nextEpoch(ledger: Ledger, of: PrincipalId): void {
  ledger.newest.set(of, (ledger.newest.get(of) ?? 0) + 1)
  for (const holder of holdersOf(ledger, of)) hand(ledger, holder, currentKey(ledger, of))
}

function hand({ purses, given }: Ledger, to: DeviceId, key: Key): void {
  for (const keys of [purses, given]) keys.set(to, (keys.get(to) ?? new Set()).add(key))
}

/** Gives a newcomer what `by` has of some principals. */
function share(
  ledger: Ledger,
  { by, to }: { by: DeviceId; to: DeviceId },
  of: readonly PrincipalId[],
): void {
  for (const key of purseOf(ledger, by)) {
    if (of.some((principal) => key.startsWith(`${principal}#`))) hand(ledger, to, key)
  }
}

/** Somebody is let in by a device of a guardian. A guardian gets the household, past and present. */
export function admit(
  ledger: Ledger,
  by: DeviceId,
  joiner: { person: PrincipalId; role: Role; device: DeviceId; expires?: number },
): void {
  const { person, device, ...rest } = joiner
  const { role } = rest
  ledger.people.set(person, { ...rest, devices: new Set([device]), card: undefined })
  if (role === 'box') return
  nextEpoch(ledger, person)
  if (role !== 'guardian') return
  share(ledger, { by, to: device }, [ledger.household])
  nextEpoch(ledger, ledger.household)
}

/** Another device of a person, enrolled by a device or card of theirs. */
export function addDevice(ledger: Ledger, by: DeviceId, device: DeviceId): void {
  const [person, known] = ownerOf(ledger, by)
  known.devices.add(device)
  share(ledger, { by, to: device }, heldBy(ledger, person))
}

/** A device ends; what it held moves on without it. */
export function endDevice(ledger: Ledger, device: DeviceId): void {
  const [person, known] = ownerOf(ledger, device)
  known.devices.delete(device)
  for (const of of heldBy(ledger, person)) nextEpoch(ledger, of)
}

/** A person goes; where a guardian goes, the household moves on. */
export function endPerson(ledger: Ledger, person: PrincipalId): void {
  const role = ledger.people.get(person)?.role
  ledger.people.delete(person)
  if (role === 'guardian') nextEpoch(ledger, ledger.household)
}

/** A new card: the old one gets nothing any more, the new one everything that `by` has. */
export function replaceCard(ledger: Ledger, by: DeviceId, card: DeviceId): void {
  const [person, known] = ownerOf(ledger, by)
  share(ledger, { by, to: card }, heldBy(ledger, person))
  known.card = card
  for (const of of heldBy(ledger, person)) nextEpoch(ledger, of)
}

/** Epochs below a number are closed for ever: whoever is there forgets them. */
export function close(ledger: Ledger, of: PrincipalId, below: number): void {
  for (let epoch = 1; epoch < below; epoch += 1) {
    ledger.closed.add(keyOf(of, epoch))
    for (const holder of holdersOf(ledger, of)) ledger.purses.get(holder)?.delete(keyOf(of, epoch))
  }
}

/** Whose device or card this is. Throws if nobody's who is there. */
export function ownerOf(ledger: Ledger, device: DeviceId): readonly [PrincipalId, Person] {
  const owner = [...ledger.people].find(
    ([, { devices, card }]) => devices.has(device) || card === device,
  )
  if (!owner) throw new Error('nobody who is there has this device')
  return owner
}
