import { freshAddress } from '../../harness/account.ts'
import { launchChromium } from '../../harness/chromium.ts'
import { startTestServer } from '../../harness/server.ts'
import * as people from '../people.ts'
import * as phones from '../phones.ts'
import { type Camera, listen, sketchbook } from '../picture.ts'

/** Pictures of one's own phones: another one, a lost one, one that is no longer in. */
export async function walk(camera: Camera): Promise<void> {
  await using server = await startTestServer()
  await using mine = await launchChromium()
  await using other = await launchChromium()
  const [old, next] = [mine.page, other.page]
  listen(old, 'old')
  listen(next, 'next')
  const email = freshAddress()
  await old.goto(server.origin)
  await people.signUp(old, server, email)
  await people.startFamily(old, { child: 'Mia', me: 'Mama' })
  await old.getByRole('link', { name: 'Settings' }).click()
  await old.getByRole('link', { name: 'Show my phones' }).waitFor()
  await camera.picture(old, 'phones-settings')
  await old.goto(server.origin)
  const link = await phones.showCode(old)
  await camera.picture(old, 'phones-code')
  await next.goto(link)
  await next.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  await camera.picture(next, 'phones-sign-in')
  await phones.signIn(next, email)
  await next.getByRole('button', { name: 'Bring it here' }).waitFor()
  await camera.picture(next, 'phones-come')
  await next.getByRole('button', { name: 'Bring it here' }).click()
  await old.getByRole('heading', { name: 'A new phone wants to come in' }).waitFor()
  await camera.picture(old, 'phones-asks')
  await next.getByRole('heading', { name: 'Look at your other phone' }).waitFor()
  await camera.picture(next, 'phones-compare')
  await phones.letIn(old, next)
  await camera.picture(old, 'phones-in')
  await next.getByRole('heading', { name: /^Post for/ }).waitFor()
  await phones.openPhones(next)
  await next.getByText('This one').waitFor()
  await camera.picture(next, 'phones-list')
  await next.getByRole('button', { name: /^Lost it/ }).click()
  await next.getByRole('dialog').waitFor()
  await camera.picture(next, 'phones-lost-dialog')
  await next.getByRole('button', { name: 'Yes, it is lost' }).click()
  await next.getByRole('link', { name: 'Where you are signed in' }).waitFor()
  await camera.picture(next, 'phones-lost-done')
  await old.getByRole('heading', { name: 'This phone is no longer in the family' }).waitFor()
  await camera.picture(old, 'phones-ended')
}

if (import.meta.main) await walk(sketchbook())
