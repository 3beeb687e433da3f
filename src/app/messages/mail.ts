import type { Client } from '../../client/client.ts'
import { messages, type Message } from '../../client/messages.ts'
import { childCalled } from '../family/child.ts'

/** All messages and the child's name: what every home screen shows. */
export async function mail(client: Client): Promise<{ child: string; all: readonly Message[] }> {
  const [child, all] = await Promise.all([childCalled(client), messages(client)])
  return { child, all }
}
