import type { Page } from 'playwright-core'
import type { Client } from '../../src/client/client.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { freshAddress } from '../harness/account.ts'
import { launchChromium, type ChromiumOptions } from '../harness/chromium.ts'
import { enlist, startClient } from '../harness/member.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import * as people from './people.ts'

/** A family: two phones that are looked at, and a second guardian who has none to look at. */
export type Gathering = {
  readonly server: TestServer
  readonly mother: Page
  readonly grandma: Page
  readonly dad: Client
}

/** Starts a server, and on it a mother, a grandmother and a father of Mia. */
export async function gather(
  stack: AsyncDisposableStack,
  options: ChromiumOptions = {},
): Promise<Gathering> {
  const server = stack.use(await startTestServer())
  const [one, other] = await Promise.all([launchChromium(options), launchChromium(options)])
  const [mother, grandma] = [stack.use(one).page, stack.use(other).page]
  for (const page of [mother, grandma]) page.setDefaultTimeout(20_000)
  await mother.goto(server.origin)
  await people.signUp(mother, server, freshAddress())
  await people.startFamily(mother, { child: 'Mia', me: 'Mama' })
  const link = await people.invite(mother, 'Grandma')
  await people.askToJoin(grandma, server, { link, email: freshAddress(), name: 'Grandma' })
  await letIn(mother, () => people.digitsOn(grandma))
  await grandma.getByRole('heading', { name: 'Post for Mia' }).waitFor()
  const dad = await bringDad(mother, server)
  await mother.getByRole('link', { name: 'Messages' }).click()
  return { server, mother, grandma, dad }
}

/** Lets a second guardian in who has no screen. */
export async function bringDad(mother: Page, server: TestServer): Promise<Client> {
  const link = await people.invite(mother, 'Papa', 'Decide together with you')
  const dad = startClient(await enlist(server))
  await join(dad, { link, name: 'Papa' })
  await letIn(mother, async () => (await joining(dad))?.digits)
  await joining(dad)
  await step(dad)
  return dad
}

/** Opens the request, waits until both show digits, and lets in. */
async function letIn(mother: Page, digits: () => Promise<string | undefined>): Promise<void> {
  await mother.getByRole('link', { name: 'Family' }).click()
  await mother.getByRole('link', { name: 'Look' }).click()
  const seen = await Promise.all([people.digitsOn(mother), digits()])
  if (seen[0] !== seen[1]) throw new Error(`other digits: ${seen.join(', ')}`)
  await mother.getByRole('button', { name: 'They are the same: let in' }).click()
  await mother.getByRole('heading', { name: 'Family', level: 1 }).waitFor()
}
