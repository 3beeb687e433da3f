import assert from 'node:assert/strict'
import type { Client } from '../../src/client/client.ts'
import { createHousehold } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { messages, type Message } from '../../src/client/messages.ts'
import { recover } from '../../src/client/recovery.ts'
import { sendVoice, type Voice } from '../../src/client/voices.ts'
import type { MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import { enlist, letIn, newRecording, startClient, type Target } from './member.ts'

/** A guardian with two phones, her child Mia, and a grandmother. */
export type Home = {
  readonly mum: Client
  readonly tablet: Client
  readonly gran: Client
  readonly granny: PrincipalId
}

/** Somebody new at a server. */
export async function newMember(server: Target): Promise<Client> {
  return startClient(await enlist(server))
}

export async function homeAt(server: Target): Promise<Home> {
  const mum = await newMember(server)
  const { recoveryCard } = await createHousehold(mum, { child: 'Mia', name: 'Ruth' })
  const gran = await newMember(server)
  const granny = await letIn(mum, gran, 'Ilse', 'relative')
  const tablet = await newMember(server)
  await recover(tablet, recoveryCard)
  await together(mum, tablet, gran)
  return { mum, tablet, gran, granny }
}

/** Lets each send what waits and receive what came, until nothing is left. */
export async function together(...clients: readonly Client[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const client of clients) await step(client)
}

/** Says something; it is with the server when this resolves. */
export async function say(
  client: Client,
  voice: Omit<Voice, 'sound' | 'durationMs'>,
): Promise<MessageId> {
  const { message } = await sendVoice(client, { ...newRecording(), ...voice })
  await step(client)
  return message
}

/** A message as a client shows it. */
export async function shown(client: Client, message: MessageId): Promise<Message | undefined> {
  return (await messages(client)).find((one) => one.message === message)
}

/** Asserts in one line where a message stands on each of these. */
export async function demandState(
  message: MessageId,
  state: Message['state'],
  ...clients: readonly Client[]
): Promise<void> {
  const states = await Promise.all(
    clients.map(async (client) => (await shown(client, message))?.state),
  )
  assert.deepEqual(
    states,
    clients.map(() => state),
  )
}
