import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { freshAddress, GOOD_PASSWORD } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { readMail } from '../harness/read-mail.ts'
import { complaints } from './accessible.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import { crawl, saidOn } from './words-page.ts'

/** What is written in Latin letters in every language: names, and addresses. */
const LATIN =
  /Pawpost|CloudPets|Chrome|Safari|Firefox|Edge|Android|Linux|PIN|PDF|USB|QR|Have I Been Pwned|iPhone|ZIP|html|zip|\S+@\S+|English|Laila|Mama|Rose/g

describe('every language that Pawpost speaks', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const server = stack.use(await startTestServer())
  const { page: abuela } = stack.use(await launchChromium({ locale: 'es-MX' }))
  const { page: mother } = stack.use(await launchChromium())
  const trouble = [watch(abuela, server.origin), watch(mother, server.origin)]

  test('a browser that asks for Spanish gets it', async () => {
    await abuela.goto(server.origin)
    assert.equal(await abuela.locator('html').getAttribute('lang'), 'es')
    await abuela.getByRole('heading', { name: 'Crear una cuenta' }).waitFor()
    assert.deepEqual(await complaints(abuela), [])
  })

  test('another language is one press away, and stays', async () => {
    await abuela.getByRole('button', { name: 'العربية' }).click()
    await abuela.locator('html[lang="ar"][dir="rtl"]').waitFor()
    await abuela.reload()
    await abuela.locator('html[lang="ar"][dir="rtl"]').waitFor()
    assert.deepEqual(await complaints(abuela), [])
    await abuela.getByRole('button', { name: 'English' }).click()
    await abuela.getByRole('button', { name: 'Make an account' }).waitFor()
    await abuela.getByRole('button', { name: 'Español' }).click()
    await abuela.getByRole('heading', { name: 'Crear una cuenta' }).waitFor()
  })

  test('errors and mails speak it, too', async () => {
    const email = freshAddress()
    await abuela.getByLabel('Tu correo electrónico').fill(email)
    await abuela.getByLabel('Contraseña').fill('too short')
    await abuela.getByRole('button', { name: 'Crear una cuenta' }).click()
    await abuela.getByRole('alert').getByText('Esta contraseña es demasiado corta').waitFor()
    await abuela.getByLabel('Contraseña').fill(GOOD_PASSWORD)
    await abuela.getByRole('button', { name: 'Crear una cuenta' }).click()
    await abuela.getByRole('heading', { name: 'Mira tu correo' }).waitFor()
    const mail = (await server.mails()).map(readMail).find(({ to }) => to === email)
    assert.equal(mail?.language, 'es')
    assert.equal(mail.subject, 'Tu código para Pawpost')
  })

  test('in Arabic nothing is left in English, and every screen fits, from the right', async () => {
    await mother.goto(server.origin)
    await people.signUp(mother, server, freshAddress())
    await people.startFamily(mother, { child: 'Laila', me: 'Mama' })
    await people.invite(mother, 'Rose')
    await mother.goto(`${server.origin}/record/sender/child`)
    await people.recordByTaps(mother, 1_000)
    await people.send(mother)
    await mother.goto(`${server.origin}/settings`)
    const told = mother.waitForResponse((response) =>
      response.url().endsWith('/api/accounts/current/language'),
    )
    await mother.getByRole('button', { name: 'العربية' }).click()
    assert.equal((await told).status(), 204, 'mails will come in Arabic, too')
    await mother.locator('html[dir="rtl"]').waitFor()
    const { found, screens } = await crawl(mother, ['/', '/child', '/reset'], async (page) => [
      ...(await complaints(page)),
      ...(await saidOn(page)).filter((said) => /[a-z]{2}/i.test(said.replaceAll(LATIN, ''))),
    ])
    assert.deepEqual(found, [])
    assert.ok(screens.length > 30, screens.join(' '))
  })

  test('without a network it speaks the same language', async () => {
    await mother.goto(server.origin)
    await mother.evaluate(() => navigator.serviceWorker.ready)
    await mother.context().setOffline(true)
    await mother.reload()
    await mother.locator('html[dir="rtl"]').waitFor()
    await mother.getByRole('heading', { name: 'Laila' }).waitFor()
    assert.deepEqual(await complaints(mother), [])
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [[], []])
  })
})
