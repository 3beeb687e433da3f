import { replaceCard } from '../../client/cards.ts'
import { putCardAway, recoveryCard } from '../../client/household.ts'
import { sendOrWarn, type ClientCommand } from './command.ts'

/** The recovery card: a new one, the one that is still to be put away. */
export const CARD_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  'card new': {
    usage: 'card new   (the card before, if any, is dead from then on)',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      const made = await replaceCard(client)
      await sendOrWarn(client, warn)
      return made
    },
  },
  'card show': {
    usage: 'card show   (until it is put away)',
    options: [],
    words: 0,
    run: async (client) => ({ recoveryCard: (await recoveryCard(client)) ?? null }),
  },
  'card put-away': {
    usage: 'card put-away   (this device forgets the code)',
    options: [],
    words: 0,
    run: async (client) => {
      await putCardAway(client)
      return { recoveryCard: null }
    },
  },
}
