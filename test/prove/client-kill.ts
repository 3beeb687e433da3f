import assert from 'node:assert/strict'
import {
  isBroken,
  killEverywhere,
  killTwiceEverywhere,
  type Fate,
} from '../harness/exactly-once.ts'
import { killLoops, setScene, type Counts } from '../harness/kills.ts'
import { familyAt } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { seeded } from '../codec/material.ts'

const LOOPS = 100

/**
 * A client that dies while it sends, at release strength: at every step of a send and once more at
 * every step of the come-back (relative and guardian); 100 endless senders under SIGKILL at random
 * moments. Commands are killed by the siege. Throws where a message is lost or doubled; returns what was counted.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const random = seeded(seed)
  await using server = await startTestServer()
  const once = await enumerated(server, killEverywhere)
  const twice = await enumerated(server, killTwiceEverywhere)
  const loops = await played(server, (scene) => killLoops(scene, { times: LOOPS, random }))
  return { killedOnce: once, killedTwice: twice, loops }
}

type Kill = typeof killEverywhere

async function enumerated(server: TestServer, kill: Kill): Promise<Record<string, number>> {
  const { mum, grandma } = await familyAt(server)
  const relative = await kill({ sender: grandma, receiver: mum })
  const guardian = await kill({ sender: mum, receiver: mum })
  demandWhole([...relative, ...guardian])
  return { relative: relative.length, guardian: guardian.length }
}

function demandWhole(fates: readonly Fate[]): void {
  assert.deepEqual(fates.filter(isBroken), [])
}

async function played(
  server: TestServer,
  play: (scene: Awaited<ReturnType<typeof setScene>>) => Promise<Counts>,
): Promise<Counts> {
  await using scene = await setScene(server)
  const counts = await play(scene)
  const { lost, doubled, left } = counts
  assert.deepEqual({ lost, doubled, left }, { lost: 0, doubled: 0, left: 0 })
  return counts
}
