import { arrive, arriving } from '../../client/arriving.ts'
import { addPhone, letPhoneIn, phonePairing } from '../../client/pairing.ts'
import type { Label } from '../../keys/pairing.ts'
import { sendOrWarn, type ClientCommand } from './command.ts'

/** Another device of one's own: what both of them do. */
export const PHONE_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'device add': {
    usage: 'device add   (gives a link for another device of yours: ten minutes, once)',
    options: [],
    words: 0,
    run: (client) => addPhone(client, label()),
  },
  'device asks': {
    usage: 'device asks   (whether it asks to come in, and the four digits to compare)',
    options: [],
    words: 0,
    run: async (client) => (await phonePairing(client)) ?? { state: 'none' },
  },
  'device let-in': {
    usage: 'device let-in DIGITS',
    options: [],
    words: 1,
    run: async (client, { words: [digits = ''], warn }) => {
      await letPhoneIn(client, digits)
      await sendOrWarn(client, warn)
      return { state: 'done' }
    },
  },
  'device come': {
    usage: 'device come LINK   (on the other device, signed in to the same account)',
    options: [],
    words: 1,
    run: async (client, { words: [link = ''] }) => {
      await arrive(client, { link, label: label() })
      return { state: 'waiting' }
    },
  },
  'device arrive': {
    usage: 'device arrive   (on the other device: the four digits, then that it is in)',
    options: [],
    words: 0,
    run: async (client) => (await arriving(client)) ?? { state: 'none' },
  },
}

function label(): Label {
  return { browser: 'Pawpost', system: process.platform }
}
