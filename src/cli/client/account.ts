import { confirmAddress, signIn, signUp } from '../../client/session.ts'
import { z } from 'zod'
import { UsageError } from '../../protocol/usage.ts'
import type { ClientCommand } from './command.ts'

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
    run: async (client, { options, readSecret }) => {
      await client.keeper.device()
      return signUp(client, { email: options['email'] ?? '', password: await readSecret() })
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
    usage: 'sign-in --server URL --email ADDRESS   (password on standard input)',
    options: SERVER,
    needs: SERVER,
    words: 0,
    check: checkServer,
    run: async (client, { options, readSecret }) => {
      await signIn(client, { email: options['email'] ?? '', password: await readSecret() })
      return readAccount(client)
    },
  },
}

async function readAccount(client: Parameters<ClientCommand['run']>[0]): Promise<unknown> {
  const known = await client.store.get('account', z.looseObject({ account: z.string() }))
  return { account: known?.account }
}
