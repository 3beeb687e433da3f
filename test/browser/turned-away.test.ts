import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { complaints } from './accessible.ts'
import * as people from './people.ts'
import { follow, openFamily, startHousehold } from './stories/household.ts'
import { assertLogs } from './stories/log.ts'

test('who shows other digits is turned away, and told so; an invitation can be taken back', async () => {
  await using server = await startTestServer()
  await using mine = await launchChromium()
  await using other = await launchChromium()
  const [mum, stranger] = [mine.page, other.page]
  const trouble = [follow(mum, server), follow(stranger, server)]
  await startHousehold(mum, server)
  const link = await people.invite(mum, 'Grandma')
  await people.askToJoin(stranger, server, { link, email: freshAddress(), name: 'Grandma' })
  await openFamily(mum)
  await mum.getByRole('link', { name: 'Look' }).click()
  await people.digitsOn(mum)
  await mum.getByRole('button', { name: 'They differ: turn away' }).click()
  await mum.getByRole('dialog').getByText('somebody may be listening in').waitFor()
  await mum.getByRole('dialog').getByRole('button', { name: 'Turn away' }).click()
  await stranger.getByRole('heading', { name: 'You were not let in' }).waitFor()
  assert.deepEqual(await complaints(stranger), [])
  await assertLogs(server, ['genesis', 'invite relative'])

  await openFamily(mum)
  await mum.getByRole('button', { name: 'Take back' }).first().click()
  await mum.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await mum.getByRole('button', { name: 'Take back' }).waitFor({ state: 'detached' })
  await assertLogs(server, ['genesis', 'invite relative', 'cancel'])
  assert.deepEqual(trouble, [[], []])
})
