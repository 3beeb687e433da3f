import { agree, propose, questions } from '../../client/agreeing.ts'
import type { Client } from '../../client/client.ts'
import { announceRemoval, notices, withdrawNotice } from '../../client/notices.ts'
import type { PrincipalId } from '../../protocol/ids.ts'
import type { Policy } from '../../protocol/log/ops.ts'
import { UsageError } from '../../protocol/usage.ts'
import { sendOrWarn, stepOrWarn, type Call, type ClientCommand } from './command.ts'
import { readPerson } from './leaving.ts'

/** What guardians decide together, and what they announce to each other. */
export const AGREEING_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'notice list': {
    usage: 'notice list',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await stepOrWarn(client, warn)
      return (await notices(client)).map(({ person, by, at, from }) => ({
        person,
        by,
        at: moment(at),
        from: moment(from),
      }))
    },
  },
  'notice give': {
    usage: 'notice give MEMBER   (72 hours later: people remove MEMBER)',
    options: [],
    words: 1,
    run: noticing(announceRemoval),
  },
  'notice withdraw': {
    usage: 'notice withdraw MEMBER',
    options: [],
    words: 1,
    run: noticing(withdrawNotice),
  },
  'propose removal': {
    usage: 'propose removal MEMBER',
    options: [],
    words: 1,
    run: async (client, { words, warn }) => {
      const asked = await propose(client, { op: 'remove', person: readPerson(words[0]) })
      await sendOrWarn(client, warn)
      return asked
    },
  },
  'propose rules': {
    usage: 'propose rules --approval yes|no --retention DAYS [--trust MEMBER,…]   (0: for ever)',
    options: ['approval', 'retention', 'trust'],
    needs: ['approval', 'retention'],
    words: 0,
    check: ({ options }) => void readRules(options),
    run: async (client, { options, warn }) => {
      const asked = await propose(client, { op: 'policy', policy: readRules(options) })
      await sendOrWarn(client, warn)
      return asked
    },
  },
  questions: {
    usage: 'questions',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await stepOrWarn(client, warn)
      return (await questions(client)).map(({ at, expires, ...question }) => ({
        ...question,
        at: moment(at),
        expires: moment(expires),
      }))
    },
  },
  agree: {
    usage: 'agree PURPOSE',
    options: [],
    words: 1,
    run: async (client, { words: [purpose = ''], warn }) => {
      await agree(client, purpose)
      await sendOrWarn(client, warn)
      return { purpose }
    },
  },
}

function noticing(say: (client: Client, person: PrincipalId) => Promise<void>) {
  return async (client: Client, { words, warn }: Call): Promise<unknown> => {
    const person = readPerson(words[0])
    await say(client, person)
    await sendOrWarn(client, warn)
    return { person }
  }
}

const MOST_DAYS = 36_500

function readRules({ approval, retention = '', trust = '' }: Call['options']): Policy {
  const days = /^\d{1,5}$/.test(retention) ? Number(retention) : Infinity
  const isAnswer = approval === 'yes' || approval === 'no'
  if (!isAnswer || days > MOST_DAYS) {
    throw new UsageError('--approval is yes or no, --retention is a number of days up to 36500')
  }
  const trusted = trust
    .split(',')
    .filter((word) => word !== '')
    .map(readPerson)
  return { approval: approval === 'yes', retention: days, trusted }
}

function moment(ms: number): string {
  return new Date(ms).toISOString()
}
