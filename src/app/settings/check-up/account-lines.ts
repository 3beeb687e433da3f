import { accountFacts, type AccountFacts } from '../../../client/account.ts'
import type { Client } from '../../../client/client.ts'
import { checkUp as words } from './check-up-texts.ts'
import type { Line } from './lines.ts'

const SIGNING_IN = '/settings/signing-in'
/** So few recovery codes are soon none. */
const FEW_CODES = 2

/** What the server knows about the account: its word, nothing that this device could check. */
export async function accountLines(client: Client): Promise<readonly Line[]> {
  return linesOfAccount(await accountFacts(client))
}

export function linesOfAccount(facts: AccountFacts): readonly Line[] {
  return [...breachLines(facts), passwordLine(facts), ...stepLines(facts), sessionLine(facts)]
}

/** Lists that became known since the password was chosen; a new one makes them go away. */
function breachLines({ addressBreaches }: AccountFacts): readonly Line[] {
  if (addressBreaches.length === 0) return []
  const { listed } = words
  const todo = { label: listed.todo, to: '/settings/password' }
  const says = listed.says(addressBreaches.map(({ source }) => source).join(', '))
  return [{ title: listed.title, state: 'look', says, todo }]
}

function passwordLine({ passwordBreached, passwordMonths }: AccountFacts): Line {
  const { stolen, password } = words
  if (passwordBreached) {
    const todo = { label: stolen.todo, to: '/settings/password' }
    return { title: stolen.title, state: 'look', says: stolen.says, todo }
  }
  const says = `${password.age(passwordMonths)} ${
    passwordBreached === false ? password.unseen : password.unlooked
  }`
  return { title: password.title, state: 'fine', says }
}

function stepLines({ factors }: AccountFacts): readonly Line[] {
  const { noStep, step, fewCodes } = words
  const { totp, passkeys, recoveryCodes } = factors
  if (totp + passkeys === 0) {
    const todo = { label: noStep.todo, to: SIGNING_IN }
    return [{ title: noStep.title, state: 'look', says: noStep.says, todo }]
  }
  const has: Line = { title: step.title, state: 'fine', says: step.says }
  if (recoveryCodes > FEW_CODES) return [has]
  const todo = { label: fewCodes.todo, to: SIGNING_IN }
  const says = fewCodes.says(recoveryCodes)
  return [has, { title: fewCodes.title, state: 'look', says, todo }]
}

function sessionLine({ sessions }: AccountFacts): Line {
  const { signedIn } = words
  const todo = { label: signedIn.todo, to: '/settings/sessions' }
  const says = sessions === 1 ? signedIn.here : signedIn.says
  return { title: signedIn.title(sessions), state: 'fine', says, todo }
}
