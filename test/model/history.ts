import * as fc from 'fast-check'
import { expel, shredOld } from './deciding.ts'
import {
  addPhone,
  admitSomebody,
  endPhone,
  endSomebody,
  openBox,
  printCard,
  rotateHeld,
  steal,
  type Choice,
  type Move,
} from './moves.ts'
import { send } from './sending.ts'
import { beginWorld, pick, type World } from './world.ts'

const index = fc.nat({ max: 100_000 })
const choice: fc.Arbitrary<Choice> = fc.noBias(fc.record({ op: index, by: index, about: index }))

/** So many steps, each as likely as any other. */
export function steps(count: number): fc.Arbitrary<Choice[]> {
  return fc.array(choice, { minLength: count, maxLength: count })
}

/** What may happen to a family. Coming is as likely as going. */
export const MOVES: Readonly<Record<string, Move>> = {
  add: admitSomebody,
  join: admitSomebody,
  phone: addPhone,
  revoke: endPhone,
  remove: endSomebody,
  expel,
  rotate: rotateHeld,
  card: printCard,
  box: openBox,
  shred: shredOld,
  theft: steal,
}

/** Plays a history; after each step some messages are sent. Gives how often each move was taken. */
export async function playTwice(
  choices: readonly Choice[],
  messages: number,
): Promise<{ world: World; taken: ReadonlyMap<string, number> }> {
  const world = await beginWorld()
  const taken = new Map<string, number>()
  for (const [step, one] of choices.entries()) {
    const [name, move] = pick(Object.entries(MOVES), one.op) ?? ['', admitSomebody]
    if (await move(world, one)) taken.set(name, (taken.get(name) ?? 0) + 1)
    world.now += 60 * 60 * 1000
    const until = Math.round((messages * (step + 1)) / choices.length)
    while (world.sent.length < until) await send(world, shifted(one, world.sent.length))
  }
  return { world, taken }
}

/** Another choice made of this one: whoever sends is not who did the step. */
function shifted({ op, by, about }: Choice, sent: number): Choice {
  return { op: op + sent, by: about + 7 * sent, about: by + 13 * sent }
}
