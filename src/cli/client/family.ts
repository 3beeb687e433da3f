import { writeFile } from 'node:fs/promises'
import { refused } from '../../client/alarms.ts'
import { keptLinks, readFamily } from '../../client/family.ts'
import { createHousehold } from '../../client/household.ts'
import { invite } from '../../client/invitations.ts'
import { join, joining } from '../../client/joining.ts'
import type { Client } from '../../client/client.ts'
import { addChild, children, withdrawConsent } from '../../client/children.ts'
import { members } from '../../client/people.ts'
import { recover } from '../../client/recovery.ts'
import { admit, guardianDigits, waitingRequests } from '../../client/requests.ts'
import { toBase64url } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { childId, requestId, type RequestId } from '../../protocol/ids.ts'
import { UsageError } from '../../protocol/usage.ts'
import { sendOrWarn, stepOrWarn, type ClientCommand } from './command.ts'

/** The family: founding it, inviting, joining, letting in. */
export const FAMILY_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'household create': {
    usage: 'household create --child NAME [--name NAME]',
    options: ['child', 'name'],
    needs: ['child'],
    words: 0,
    run: async (client, { options, warn }) => {
      const { child = '', name } = options
      const made = await createHousehold(client, { child, ...(name !== undefined && { name }) })
      await sendOrWarn(client, warn)
      return made
    },
  },
  recover: {
    usage: 'recover   (the recovery card on standard input)',
    options: [],
    words: 0,
    run: async (client, { readSecret }) =>
      recover(client, (await readSecret({ says: 'The code of the recovery card' })) ?? ''),
  },
  invite: {
    usage: 'invite --role relative|guardian --name NAME',
    options: ['role', 'name'],
    needs: ['role', 'name'],
    words: 0,
    check: ({ options }) => void readRole(options['role']),
    run: (client, { options }) =>
      invite(client, { role: readRole(options['role']), name: options['name'] ?? '' }),
  },
  join: {
    usage: 'join LINK --name NAME',
    options: ['name'],
    needs: ['name'],
    words: 1,
    run: (client, { words, options }) =>
      join(client, { link: words[0] ?? '', name: options['name'] ?? '' }),
  },
  requests: {
    usage: 'requests',
    options: [],
    words: 0,
    run: async (client) =>
      (await waitingRequests(client)).map(({ request, name, role }) => ({ request, name, role })),
  },
  sas: {
    usage: 'sas REQUEST',
    options: [],
    words: 1,
    run: async (client, { words }) => ({ sas: await digits(client, readRequest(words[0])) }),
  },
  admit: {
    usage: 'admit REQUEST --sas DIGITS',
    options: ['sas'],
    needs: ['sas'],
    words: 1,
    run: async (client, { words, options, warn }) => {
      const request = readRequest(words[0])
      await admit(client, request, options['sas'] ?? '')
      await sendOrWarn(client, warn)
      return { request }
    },
  },
  'log export': {
    usage: 'log export FILE',
    options: [],
    words: 1,
    run: async (client, { words: [file = ''] }) => {
      const { household } = await readFamily(client)
      const links = await keptLinks(client)
      const lines = links.map((link) => `${toBase64url(link)}\n`)
      await writeFile(file, lines.join('')).catch((cause: unknown) => {
        throw new PawpostError('storage-failed', 'file', { cause })
      })
      return { household: household.id, links: links.length }
    },
  },
  refused: {
    usage: 'refused   (what this device was shown and did not believe, newest first)',
    options: [],
    words: 0,
    run: async (client) => refused(client),
  },
  children: {
    usage: 'children',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await stepOrWarn(client, warn)
      return children(client)
    },
  },
  'child add': {
    usage: 'child add NAME   (with it you consent: docs/consent.md)',
    options: [],
    words: 1,
    run: async (client, { words: [name = ''], warn }) => {
      const child = await addChild(client, { name })
      await sendOrWarn(client, warn)
      return { child }
    },
  },
  'child end': {
    usage: 'child end CHILD   (withdraws the consent)',
    options: [],
    words: 1,
    run: async (client, { words: [child = ''], warn }) => {
      if (!childId.is(child)) throw new PawpostError('not-found')
      await withdrawConsent(client, child)
      await sendOrWarn(client, warn)
      return { child }
    },
  },
  members: {
    usage: 'members',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await settleIn(client)
      await stepOrWarn(client, warn)
      return members(client)
    },
  },
}

/** A joiner that was let in becomes a member at the next command that needs the family. */
export async function settleIn(client: Client): Promise<void> {
  await joining(client)
}

/** The six digits: as the joiner if this device asks to join, else as a guardian. */
async function digits(client: Client, request: RequestId): Promise<string> {
  const mine = await joining(client)
  if (mine?.request !== request) return guardianDigits(client, request)
  if (mine.digits === undefined) throw new PawpostError('request-unready')
  return mine.digits
}

function readRole(word: string | undefined): 'relative' | 'guardian' {
  if (word === 'relative' || word === 'guardian') return word
  throw new UsageError('--role is relative or guardian')
}

function readRequest(word: string | undefined): RequestId {
  if (word === undefined || !requestId.is(word)) throw new PawpostError('not-found')
  return word
}
