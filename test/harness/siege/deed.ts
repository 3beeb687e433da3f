import { join } from 'node:path'
import { openProfile } from '../../../src/cli/client/profile.ts'
import { append } from '../../../src/client/append.ts'
import type { Client } from '../../../src/client/client.ts'
import { step } from '../../../src/client/live.ts'
import { discard, waiting } from '../../../src/client/outbox.ts'
import { markInTheBear } from '../../../src/client/toy.ts'
import { proposeRotate } from '../../../src/keys/links.ts'
import { PawpostError } from '../../../src/protocol/errors.ts'
import { messageId } from '../../../src/protocol/ids.ts'

// What an app does and no command does: a process over a profile folder that does one thing and
// prints one JSON document, as `pawpost client` would.

type Deed = (client: Client, words: readonly string[]) => Promise<unknown>

const DEEDS: Readonly<Record<string, Deed>> = {
  /** Moves the household to its next epoch. */
  async rotate(client) {
    let principal = ''
    const { household } = await append(client, (standing) => {
      principal = standing.household.principal
      return proposeRotate(standing, standing.household.principal)
    })
    const mine = household.principals.get(household.principal)
    return { epoch: `${principal}/${mine?.epochs.length}` }
  },
  /** The toy's driver has handed a message over. */
  async mark(client, [message]) {
    if (message === undefined || !messageId.is(message)) throw new PawpostError('not-found')
    await markInTheBear(client, message)
    await step(client)
    return { message }
  },
  /** Gives everything up that was refused for good. */
  async discard(client) {
    const failed = (await waiting(client)).filter((one) => one.failed !== undefined)
    for (const { message } of failed) await discard(client, message)
    return { discarded: failed.map(({ content }) => lengthOf(content)) }
  },
}

function lengthOf({ kind, body }: Awaited<ReturnType<typeof waiting>>[number]['content']): number {
  return kind === 'voice' ? body.durationMs : 0
}

const [name = '', profile = '', ...words] = process.argv.slice(2)
const deed = DEEDS[name]
if (!deed) throw new Error(`there is no ${name} in ${join(import.meta.dirname, 'deed.ts')}`)
using opened = await openProfile(profile)
try {
  console.log(JSON.stringify(await deed(opened.client, words)))
} catch (error) {
  if (!(error instanceof PawpostError)) throw error
  console.error(JSON.stringify({ code: error.code, reason: error.reason }))
  process.exitCode = 1
}
