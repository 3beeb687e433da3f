import { devices, leave, removePerson, revokeDevice } from '../../client/leaving.ts'
import { readFamily } from '../../client/family.ts'
import { members } from '../../client/people.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { deviceId, principalId, type DeviceId, type PrincipalId } from '../../protocol/ids.ts'
import { sendOrWarn, stepOrWarn, type ClientCommand } from './command.ts'

/** Who goes: a lost phone, a relative, a toy, oneself. */
export const LEAVING_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'people remove': {
    usage: 'people remove MEMBER   (a guardian: by agreement, or 72 hours after a notice)',
    options: [],
    words: 1,
    run: async (client, { words, warn }) => {
      const person = readPerson(words[0])
      await removePerson(client, person)
      await sendOrWarn(client, warn)
      return { person }
    },
  },
  'device list': {
    usage: 'device list',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await stepOrWarn(client, warn)
      const people = await members(client)
      return (await devices(client)).map(({ device, person, mine, here, since }) => ({
        device,
        person,
        name: people.find((one) => one.person === person)?.name ?? '',
        mine,
        here,
        since: new Date(since).toISOString(),
      }))
    },
  },
  'device revoke': {
    usage: 'device revoke DEVICE',
    options: [],
    words: 1,
    run: async (client, { words, warn }) => {
      const device = readDevice(words[0])
      await revokeDevice(client, device)
      await sendOrWarn(client, warn)
      return { device }
    },
  },
  leave: {
    usage: 'leave',
    options: [],
    words: 0,
    run: async (client) => {
      const { person } = await readFamily(client)
      await leave(client)
      return { person }
    },
  },
}

/** Throws `not-found` for what is no member's id. */
export function readPerson(word: string | undefined): PrincipalId {
  if (word === undefined || !principalId.is(word)) throw new PawpostError('not-found')
  return word
}

function readDevice(word: string | undefined): DeviceId {
  if (word === undefined || !deviceId.is(word)) throw new PawpostError('not-found')
  return word
}
