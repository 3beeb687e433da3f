import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { createHousehold, recoveryCard } from '../../src/client/household.ts'
import { invite } from '../../src/client/invitations.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { entries } from '../../src/client/mailbag.ts'
import { approve, reject } from '../../src/client/judging.ts'
import { messages } from '../../src/client/messages.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { childName } from '../../src/client/children.ts'
import { members } from '../../src/client/people.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { whereAmI } from '../../src/client/session.ts'
import { approvalFor, markInTheBear } from '../../src/client/toy.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import {
  enlist,
  familyAt,
  foundAt,
  letIn,
  newRecording,
  startClient,
  type Installation,
} from '../harness/member.ts'
import { mortal } from '../harness/mortal.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Whatever a person was doing when the app was killed: started again, it can be done, once.

let server: TestServer
before(async () => void (server = await startTestServer()))
after(() => server.close())

type Case = {
  /** Everything before; gives who acts. */
  readonly given: () => Promise<Installation>
  readonly act: (client: Client) => Promise<unknown>
  /** The app was started again: does the rest as a person would, and looks. */
  readonly finish: (client: Client) => Promise<void>
}

/** Kills the app between any two effects of an act; gives how often. */
async function killedAnywhere({ given, act, finish }: Case): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const installation = await given()
    const life = mortal(kills)
    const end = await life.lives(act(startClient(installation, life.between)))
    if (end === 'lived') return kills
    await finish(startClient(installation))
  }
}

/** Does it again, unless it turns out to be done. */
async function again(act: Promise<unknown>, done: string): Promise<void> {
  await act.catch((error: unknown) => {
    if (!(error instanceof PawpostError) || error.code !== done) throw error
  })
}

test('a household is founded once, with its card and its names', async () => {
  const names = { child: 'Zebulon', name: 'Ruth' }
  const kills = await killedAnywhere({
    given: () => enlist(server),
    act: (client) => createHousehold(client, names),
    finish: async (client) => {
      await again(createHousehold(client, names), 'household-exists')
      await step(client)
      assert.equal(await whereAmI(client), 'guardian')
      assert.equal(await childName(client), 'Zebulon')
      assert.match((await recoveryCard(client)) ?? '', /^\w{4}(-\w{4}){6}$/)
      assert.deepEqual(
        (await members(client)).map(({ name }) => name),
        ['Ruth'],
      )
    },
  })
  assert.ok(kills >= 3, `${kills} kills`)
})

test('who asks to join asks once', async () => {
  const guardian = startClient(await foundAt(server))
  let link = ''
  const kills = await killedAnywhere({
    given: async () => {
      link = (await invite(guardian, { role: 'relative', name: 'Grandpa' })).link
      return enlist(server)
    },
    act: (client) => join(client, { link, name: 'Otto' }),
    finish: async (client) => {
      const { request } = await join(client, { link, name: 'Otto' })
      const waiting = await waitingRequests(guardian)
      const mine = waiting.filter((one) => one.request === request)
      assert.equal(mine.length, 1)
    },
  })
  const asked = await waitingRequests(guardian)
  assert.equal(asked.length, kills + 1, 'one for each kill, and the one that was let live')
  assert.ok(kills >= 3, `${kills} kills`)
})

test('who was let in settles in', async () => {
  const kills = await killedAnywhere({
    given: async () => {
      const installation = await enlist(server)
      await letInUnsettled(startClient(await foundAt(server)), startClient(installation))
      return installation
    },
    act: async (client) => {
      await joining(client)
      await step(client)
    },
    finish: async (client) => {
      await joining(client)
      await step(client)
      assert.equal(await whereAmI(client), 'relative')
      assert.equal(await childName(client), 'Zebulon')
      const known = (await members(client)).filter(({ name }) => name !== '')
      assert.deepEqual(
        known.map(({ name }) => name),
        ['Ruth', 'Otto'],
      )
    },
  })
  assert.ok(kills >= 8, `${kills} kills`)
})

/** Lets somebody in who has not looked yet. */
async function letInUnsettled(guardian: Client, joiner: Client): Promise<void> {
  const { request, digits } = await readyToAdmit(guardian, joiner)
  await admit(guardian, request, digits)
  await step(guardian)
}

async function readyToAdmit(guardian: Client, joiner: Client) {
  const { link } = await invite(guardian, { role: 'relative', name: 'Grandpa' })
  const { request } = await join(joiner, { link, name: 'Otto' })
  await waitingRequests(guardian)
  await joining(joiner)
  return { request, digits: await guardianDigits(guardian, request) }
}

test('who lets somebody in lets them in by name', async () => {
  let joiner: Installation
  let ready: Awaited<ReturnType<typeof readyToAdmit>>
  const kills = await killedAnywhere({
    given: async () => {
      const mum = await foundAt(server)
      joiner = await enlist(server)
      ready = await readyToAdmit(startClient(mum), startClient(joiner))
      return mum
    },
    act: async (client) => {
      await admit(client, ready.request, ready.digits)
      await step(client)
    },
    finish: async (client) => {
      await again(admit(client, ready.request, ready.digits), 'not-found')
      await step(client)
      const names = (await members(client)).map(({ name }) => name)
      assert.deepEqual(new Set(names), new Set(['Ruth', 'Otto']))
      const joined = startClient(joiner)
      await joining(joined)
      await step(joined)
      const me = (await members(joined)).find((one) => one.me)
      assert.equal(me?.name, 'Otto')
    },
  })
  assert.ok(kills >= 10, `${kills} kills`)
})

test('an approval that was begun can be finished', async () => {
  const { mum, grandma } = await familyAt(server)
  const relative = startClient(grandma)
  let voice: Awaited<ReturnType<typeof sendVoice>>
  const stateAt = async (client: Client): Promise<string | undefined> => {
    await step(client)
    return (await messages(client)).find((one) => one.message === voice.message)?.state
  }
  const kills = await killedAnywhere({
    given: async () => {
      voice = await sendVoice(relative, { ...newRecording(), to: 'child' })
      await step(relative)
      await step(startClient(mum))
      return mum
    },
    act: async (client) => {
      await approve(client, voice.message)
      await step(client)
    },
    finish: async (client) => {
      if ((await stateAt(client)) === 'waiting') await approve(client, voice.message)
      assert.equal(await stateAt(client), 'approved')
      assert.equal((await approvalFor(client, voice.message)).message, voice.message)
      assert.equal(await stateAt(relative), 'approved')
    },
  })
  assert.ok(kills >= 8, `${kills} kills`)
})

test('what is approved, marked or turned down once more is told once', async () => {
  const { mum, grandma } = await familyAt(server)
  const relative = startClient(grandma)
  const { message } = await sendVoice(relative, { ...newRecording(), to: 'child' })
  await step(relative)
  await step(startClient(mum))
  const told = async (): Promise<readonly string[]> => {
    const known = await entries(startClient(mum))
    const about = known.flatMap((entry) => (entry.kind === 'voice' ? [] : [entry]))
    return about
      .filter(({ of }) => of === message)
      .map((entry) => (entry.kind === 'forward' ? 'released' : entry.event))
      .toSorted()
  }
  // Said again before it left, and by an app that was started anew.
  const insist = async (act: (client: Client) => Promise<void>): Promise<void> => {
    await act(startClient(mum))
    await act(startClient(mum))
    await step(startClient(mum))
    await act(startClient(mum))
    await step(startClient(mum))
  }
  await insist((client) => approve(client, message))
  assert.deepEqual(await told(), ['approved', 'released'])
  await insist((client) => markInTheBear(client, message))
  assert.deepEqual(await told(), ['approved', 'in-the-bear', 'released'])
  await insist((client) => reject(client, message))
  assert.deepEqual(await told(), ['approved', 'in-the-bear', 'rejected', 'released'])
  await insist((client) => approve(client, message))
  assert.equal((await told()).filter((event) => event === 'released').length, 2)
})

test('the names of two relatives stay known, and neither learns of the other', async () => {
  const { mum, grandma } = await familyAt(server)
  const guardian = startClient(mum)
  const grandpa = startClient(await enlist(server))
  await letIn(guardian, grandpa, 'Otto', 'relative')
  await step(guardian)
  const namesAt = async (client: Client): Promise<string[]> => {
    await step(client)
    return (await members(client)).map(({ name }) => name)
  }
  assert.deepEqual(await namesAt(guardian), ['Ruth', 'Ilse', 'Otto'])
  assert.deepEqual(await namesAt(startClient(grandma)), ['Ruth', 'Ilse', ''])
  assert.deepEqual(await namesAt(grandpa), ['Ruth', '', 'Otto'])
})

test('a name that is none is refused before anything is kept', async () => {
  const client = startClient(await enlist(server))
  for (const child of ['', 'x'.repeat(81)]) {
    await assert.rejects(createHousehold(client, { child }), { code: 'bad-request' })
  }
  assert.equal(await whereAmI(client), 'new')
  const { link } = await invite(startClient(await foundAt(server)), {
    role: 'relative',
    name: 'Grandpa',
  })
  await assert.rejects(join(client, { link, name: '' }), { code: 'bad-request' })
})
