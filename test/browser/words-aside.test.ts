import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { handOver } from './childs-side.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import { settled, speakPseudo, strayWords } from './words-page.ts'

describe('no screen beside the others has words of its own', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const server = stack.use(await startTestServer())
  const { page: mother } = stack.use(await launchChromium())
  const { page: phone } = stack.use(await launchChromium())
  const trouble = [watch(mother, server.origin), watch(phone, server.origin)]

  test('not the page of an old phone, before and after something was said', async () => {
    await mother.goto(server.origin)
    await people.signUp(mother, server, freshAddress())
    await people.startFamily(mother, { child: '⟦Mia⟧', me: '⟦Mama⟧' })
    await mother.goto(`${server.origin}/family/links`)
    await mother.getByRole('button', { name: 'Make the link' }).click()
    await mother.getByLabel('Who gets it?').fill('⟦Rose⟧')
    await mother.getByRole('button', { name: 'Make the link' }).click()
    const link = await mother.getByLabel('Link', { exact: true }).inputValue()
    await phone.goto(server.origin)
    await speakPseudo(phone)
    await phone.goto(link)
    await phone.locator('button.big').waitFor()
    assert.deepEqual(await strayWords(phone), [])
    await phone.locator('button.big').click()
    await phone.locator('.box-meter .bars rect:not(.quiet)').nth(20).waitFor()
    assert.deepEqual(await strayWords(phone), [])
    await phone.locator('button.big.on').click()
    await phone.locator('button.big.go').waitFor()
    assert.deepEqual(await strayWords(phone), [])
  })

  test('not the screen of the child, nor what is said to who looks after it', async () => {
    await mother.goto(server.origin)
    await handOver(mother)
    await speakPseudo(mother)
    await mother.reload()
    await settled(mother)
    assert.deepEqual(await strayWords(mother), [])
    const rooms = await mother.locator('main.child button').count()
    assert.ok(rooms > 2)
    for (let room = 0; room < rooms; room += 1) {
      await mother.reload()
      await settled(mother)
      // It acts on the press, and takes no second one so soon.
      await mother.locator('main.child button').nth(room).dispatchEvent('pointerdown', {
        button: 0,
        isPrimary: true,
      })
      await settled(mother)
      assert.deepEqual(await strayWords(mother), [], `room ${room}`)
    }
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [[], []])
  })
})
