import type { Client } from '../../client/client.ts'
import { waysOf } from '../../client/second-step.ts'
import { confirmAddress, type Credentials, signIn, signUp } from '../../client/session.ts'
import { z } from 'zod'
import { UsageError } from '../../protocol/usage.ts'
import { type Call, type ClientCommand, readPassword } from './command.ts'
import { takeSecondStep } from './second-step.ts'

const SERVER = ['server', 'email'] as const

const checkServer: NonNullable<ClientCommand['check']> = ({ options }) => {
  const { server = '' } = options
  const protocol = URL.canParse(server) ? new URL(server).protocol : undefined
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UsageError('--server is an address such as https://pawpost.example')
  }
}

/** Accounts: what a device does before it belongs to a family. */
export const ACCOUNT_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'sign-up': {
    usage: 'sign-up --server URL --email ADDRESS   (password on standard input)',
    options: SERVER,
    needs: SERVER,
    words: 0,
    check: checkServer,
    run: async (client, call) => {
      await client.keeper.device()
      return signUp(client, await readCredentials(call))
    },
  },
  verify: {
    usage: 'verify CODE',
    options: [],
    words: 1,
    run: async (client, { words }) => {
      await confirmAddress(client, words[0] ?? '')
      return readAccount(client)
    },
  },
  'sign-in': {
    usage:
      'sign-in --server URL --email ADDRESS   (on standard input the password, and in a second line ' +
      'the six digits of an authenticator app or a recovery code if the account asks for them)',
    options: SERVER,
    needs: SERVER,
    words: 0,
    check: checkServer,
    run: async (client, call) => {
      const more = await enter(client, call)
      return { ...(await readAccount(client)), ...more }
    },
  },
}

async function readCredentials(call: Call): Promise<Credentials> {
  return { email: call.options['email'] ?? '', password: await readPassword(call) }
}

/** Signs in, in two steps where the account asks for a second. */
async function enter(client: Client, call: Call): Promise<{ recoveryCodes?: number }> {
  try {
    await signIn(client, await readCredentials(call))
    return {}
  } catch (error) {
    const ways = waysOf(error)
    if (!ways) throw error
    return takeSecondStep(client, ways, call)
  }
}

async function readAccount(client: Client): Promise<{ account: string | undefined }> {
  const known = await client.store.get('account', z.looseObject({ account: z.string() }))
  return { account: known?.account }
}
