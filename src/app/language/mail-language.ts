import { setMailLanguage } from '../../client/account.ts'
import type { Client } from '../../client/client.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { noteTold, untoldChoice } from './choice.ts'

/**
 * Has the server write its mails in the language that was chosen on this device. What does not work
 * now, without a network or a session, is tried at the next start.
 */
export async function keepMailLanguage(client: Client): Promise<void> {
  const chosen = untoldChoice()
  if (chosen === undefined) return
  try {
    await setMailLanguage(client, chosen)
    noteTold(chosen)
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
  }
}
