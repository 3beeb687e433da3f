import type { Client } from '../../client/client.ts'
import { childName } from '../../client/children.ts'
import { texts } from '../texts.ts'

/** What screens call the child: by name, or as "the child" where nobody has told a name yet. */
export async function childCalled(client: Client): Promise<string> {
  return (await childName(client)) || texts.family.child
}
