import { readFile } from 'node:fs/promises'
import { deserialize } from 'node:v8'
import { openCard } from '../../src/keys/card.ts'
import { generateSeeds, loadDevice, type Device } from '../../src/keys/device.ts'
import { addSecret, EMPTY_KEYRING, secretsOf, type Keyring } from '../../src/keys/keyring.ts'
import { proposeAddDevice, type Proposal } from '../../src/keys/links.ts'
import { open } from '../../src/keys/message.ts'
import { openWrap } from '../../src/keys/principal.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { argumentsOf } from './forgery.ts'
import { applyLink, verifyLog } from '../../src/protocol/log/verify.ts'
import type { FiveYears } from './five-years.ts'

// One task on a household of five years, in a process of its own, so that nothing is warm. Prints
// how long it took, by the clock and by the processor, in milliseconds.

const [file = '', task = ''] = process.argv.slice(2)
const years = deserialize(await readFile(file)) as FiveYears

/** Each task gives what is measured; what it does before that is not. */
const TASKS: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  verify: async () => async () => verifyLog(years.links),
  open: async () => {
    const household = verifyLog(years.links)
    return () => openNewest(household)
  },
  'verify and open': async () => async () => openNewest(verifyLog(years.links)),
  card: async () => {
    const household = verifyLog(years.links)
    return () => unlock(household)
  },
  recover: async () => async () => recover(),
}

/** From what a phone's store keeps to an opened, verified message. */
async function openNewest(household: Household): Promise<void> {
  await loadDevice({ kind: 'seeds', ...years.seeds })
  const keyring = years.secrets.reduce(addSecret, EMPTY_KEYRING)
  const envelope = years.envelopes.at(-1) ?? new Uint8Array()
  const received = {
    last: (by: Parameters<typeof years.last.get>[0]) => years.last.get(by),
    has: () => false,
  }
  const { inner } = await open(
    household,
    keyring,
    { envelope, ciphertext: years.ciphertext },
    received,
  )
  if (inner.kind !== 'voice') throw new Error('another message')
}

type Unlocked = { readonly proposal: Proposal; readonly keyring: Keyring; readonly phone: Device }

/** From the letters on a card to everything it holds, and a new phone that gets it all. */
async function unlock(household: Household): Promise<Unlocked> {
  const card = await openCard(years.card)
  const secrets = await Promise.all(
    years.cardWraps.map((named) => openWrap(household, card, named.wrap, named)),
  )
  const keyring = secrets.reduce(addSecret, EMPTY_KEYRING)
  const phone = await loadDevice(generateSeeds())
  const standing = { household, device: card, now: years.now }
  return { proposal: await proposeAddDevice(standing, keyring, phone), keyring, phone }
}

/** The whole way: the log, the card, the new phone's link, and the phone opens what it was given. */
async function recover(): Promise<void> {
  const household = verifyLog(years.links)
  const { proposal, keyring, phone } = await unlock(household)
  const after = applyLink(household, proposal.link)
  const { grants } = argumentsOf('adddev', proposal.link)
  const secrets = await Promise.all(
    grants.map((grant, at) =>
      openWrap(after, phone, proposal.wraps[at] ?? new Uint8Array(), grant),
    ),
  )
  if (secrets.length !== secretsOf(keyring).length) throw new Error('something is missing')
}

const prepare = TASKS[task]
if (!prepare) throw new Error(`no such task: ${task}`)
const work = await prepare()
const started = performance.now()
const before = process.cpuUsage()
await work()
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ clock: performance.now() - started, cpu: (user + system) / 1000 }))
