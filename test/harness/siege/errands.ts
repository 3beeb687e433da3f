import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWav } from '../../../src/client/sound/wav.ts'
import type { Act } from '../history/history.ts'
import { command, type Ended, type Program } from './attack.ts'
import type { Castle } from './castle.ts'
import { enlist } from './enlist.ts'
import { settle, type Actor } from './look.ts'
import { DEED } from './programs.ts'
import type { Stage, War } from './war.ts'

/** A family under siege, and what it did so far. */
export type Besieged = {
  readonly folder: string
  readonly mum: Actor
  readonly grandma: Actor
  /** Who belongs to the family by now. */
  readonly everybody: Actor[]
  readonly acts: Act[]
}

/** Something that people do, until it is done or they give up. */
export type Errand = (war: War, castle: Castle, family: Besieged) => Promise<void>

const grandmaSays: Errand = async (war, _, family) => void (await say(war, family, family.grandma))
const mumSays: Errand = async (war, _, family) => void (await say(war, family, family.mum))

/** What people do, in turn. */
export const ERRANDS: readonly Errand[] = [
  grandmaSays,
  approveOne,
  uploadLater,
  mumSays,
  markOne,
  rotate,
  grandmaSays,
  admitOne,
  giveUpOne,
]

/** For a control: grandma says something while the network is away. */
export const SAYING_OFFLINE: readonly Errand[] = [
  async (war, castle, family) => {
    castle.network.cut(true)
    await grandmaSays(war, castle, family)
    castle.network.cut(false)
  },
]

/** For a control: grandma says something in peace, and something more under attack. */
export const SAYING: readonly Errand[] = [
  async (war, _, family) =>
    void (await say(war, family, family.grandma, (program) => war.peacefully(program))),
  grandmaSays,
]

const RATE = 16_000
const SHORTEST_MS = 200

/** Says something like nothing that was said before: it is told by its length. */
export async function say(
  war: War,
  family: Besieged,
  who: Actor,
  attempt: (program: Program) => Promise<Ended> = (program) => war.attempt('send', program),
): Promise<Ended> {
  const durationMs = SHORTEST_MS + family.acts.length
  const file = join(family.folder, 'voice.wav')
  await writeFile(file, writeWav(new Int16Array((durationMs * RATE) / 1000), RATE))
  const to = who === family.mum ? ['mum'] : ['mum', 'grandma']
  const act = { by: who.name, deed: 'send' as const, what: String(durationMs), to }
  const done = begin(family, act)
  const ended = await attempt(command(who.profile, 'send', file))
  if (ended.answer !== undefined) done('acknowledged')
  else if (ended.refused === 'message-refused') done('refused')
  return ended
}

/** Notes that something was begun; the outcome is unknown until it is said. */
function begin(
  { acts }: Besieged,
  act: Omit<Act, 'outcome'>,
): (outcome: Act['outcome'], what?: string) => void {
  const at = acts.length
  acts.push({ ...act, outcome: 'unknown' })
  return (outcome, what = act.what) => void (acts[at] = { ...act, what, outcome })
}

type Listed = { readonly message: string; readonly durationMs: number; readonly state: string }

/** Mum looks what there is: she takes in whatever is new. */
async function list(war: War, { mum }: Besieged): Promise<readonly Listed[]> {
  const { answer } = await war.insist('acknowledge', command(mum.profile, 'inbox'))
  return (answer as readonly Listed[] | undefined) ?? []
}

async function approveOne(war: War, _: Castle, family: Besieged): Promise<void> {
  const one = (await list(war, family)).find(({ state }) => state === 'waiting')
  if (!one) return
  const program = command(family.mum.profile, 'approve', one.message)
  await judge(war, family, { deed: 'approve', one, program })
}

async function markOne(war: War, _: Castle, family: Besieged): Promise<void> {
  const one = (await list(war, family)).find(({ state }) => state === 'approved')
  if (!one) return
  const program = deed('mark', family.mum, one.message)
  await judge(war, family, { deed: 'mark', one, program })
}

/** Insists blindly: who was killed before an answer came does not know whether it was done. */
async function judge(
  war: War,
  family: Besieged,
  { deed: name, one, program }: { deed: 'approve' | 'mark'; one: Listed; program: Program },
): Promise<void> {
  const from = family.acts.find((act) => act.what === String(one.durationMs))?.by
  const to = from === 'grandma' || name === 'mark' ? ['mum', 'grandma'] : ['mum']
  const what = String(one.durationMs)
  const done = begin(family, { by: 'mum', deed: name, what, to: from === 'mum' ? ['mum'] : to })
  const { answer } = await war.insist(name, program)
  if (answer !== undefined) done('acknowledged')
}

/** Grandma says something while the network is away; it goes out under attack. */
async function uploadLater(war: War, { network }: Castle, family: Besieged): Promise<void> {
  network.cut(true)
  await say(war, family, family.grandma, (program) => war.peacefully(program))
  network.cut(false)
  await war.insist('upload', command(family.grandma.profile, 'inbox'))
}

async function rotate(war: War, _: Castle, family: Besieged): Promise<void> {
  const to = family.everybody.map(({ name }) => name)
  const done = begin(family, { by: 'mum', deed: 'rotate', what: 'an epoch', to })
  const { answer } = await war.insist('rotate', deed('rotate', family.mum))
  if (answer !== undefined) done('acknowledged', (answer as { epoch: string }).epoch)
}

/** A message is refused for good; then grandma gives it up. */
async function giveUpOne(war: War, { network }: Castle, family: Besieged): Promise<void> {
  const { grandma } = family
  network.calm(true)
  await settle(grandma)
  network.calm(false)
  // Nobody else's messages are refused: whoever does not look would not give them up.
  war.accompany([])
  network.refuseMessages(true)
  await say(war, family, grandma)
  network.refuseMessages(false)
  war.accompany([grandma, family.mum])
  const what = family.acts.at(-1)?.what ?? ''
  const { answer } = await war.insist('discard', deed('discard', grandma))
  const { discarded = [] } = (answer ?? {}) as { discarded?: readonly number[] }
  if (!discarded.map(String).includes(what)) return
  begin(family, { by: 'grandma', deed: 'discard', what, to: [] })('acknowledged')
}

/** Somebody is invited, asks, compares digits, is let in, and settles in. */
async function admitOne(war: War, castle: Castle, family: Besieged): Promise<void> {
  const { mum, everybody } = family
  const name = `Otto ${everybody.length}`
  const joiner = { name, profile: join(family.folder, `joiner-${everybody.length}-${Date.now()}`) }
  await mkdir(joiner.profile, { recursive: true })
  castle.network.calm(true)
  await enlist(castle, joiner)
  castle.network.calm(false)
  const insist = async (stage: Stage, who: Actor, ...words: string[]): Promise<unknown> =>
    (await war.insist(stage, command(who.profile, ...words), ['not-found', 'invite-dead'])).answer
  const invited = await insist('join: invite', mum, 'invite', '--role', 'relative', '--name', name)
  const { link } = (invited ?? {}) as { link?: string }
  if (link === undefined) return
  const asked = await insist('join: ask', joiner, 'join', link, '--name', name)
  const { request } = (asked ?? {}) as { request?: string }
  if (request === undefined) return
  await insist('join: answer', mum, 'requests')
  const { sas } = ((await insist('join: digits', joiner, 'sas', request)) ?? {}) as { sas?: string }
  if (sas === undefined) return
  // Refused with `not-found` it may have happened: the joiner learns it.
  await insist('join: admit', mum, 'admit', request, '--sas', sas)
  await joined(war, family, joiner)
}

async function joined(war: War, family: Besieged, joiner: Actor): Promise<void> {
  const { answer } = await war.insist('join: settle', command(joiner.profile, 'members'))
  const people = (answer ?? []) as readonly { readonly person: string; readonly me: boolean }[]
  const me = people.find((one) => one.me)
  if (!me) return
  family.everybody.push(joiner)
  const to = family.everybody.map(({ name }) => name)
  begin(family, { by: joiner.name, deed: 'join', what: me.person, to })('acknowledged')
}

function deed(name: string, { profile }: Actor, ...words: readonly string[]): Program {
  return { args: [DEED, name, profile, ...words] }
}
