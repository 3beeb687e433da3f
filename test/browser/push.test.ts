import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../src/client/client.ts'
import { step } from '../../src/client/live.ts'
import { invite } from '../../src/client/invitations.ts'
import { members } from '../../src/client/people.ts'
import { sendVoice } from '../../src/client/voices.ts'
import { admit, guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import { GOOD_PASSWORD, signUpAt } from '../harness/account.ts'
import { launchFirefox, pushesFrom, type Firefox } from '../harness/firefox.ts'
import { foundAt, newRecording, startClient } from '../harness/member.ts'
import { startPushService } from '../harness/push-service.ts'
import { startTestServer } from '../harness/server.ts'

const TITLES = `navigator.serviceWorker.getRegistration()
  .then((here) => here.getNotifications())
  .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))`

/** Waits until an expression gives something true, through pages that come and go. */
async function until(firefox: Firefox, expression: string, ms = 20_000): Promise<void> {
  const late = Date.now() + ms
  while (!(await firefox.evaluate<boolean>(expression).catch(() => false))) {
    if (Date.now() > late) {
      const shown = await firefox.evaluate<string>('location.href + document.body.innerText')
      assert.fail(`never came: ${expression} on ${shown}`)
    }
    await sleep(100)
  }
}

/** Taps what is called so, when it is there. */
async function tap(firefox: Firefox, name: string): Promise<void> {
  const found = `[...document.querySelectorAll('button, a')]
    .find((one) => one.textContent.trim() === ${JSON.stringify(name)} && one.checkVisibility())`
  await until(firefox, `${found} !== undefined`)
  await firefox.evaluate(`${found}.click()`)
}

/** Types into the field with this label. */
async function type(firefox: Firefox, label: string, text: string): Promise<void> {
  const found = `[...document.querySelectorAll('input')]
    .find((one) => one.labels?.[0]?.textContent.startsWith(${JSON.stringify(label)}))`
  await until(firefox, `${found} !== undefined`)
  await firefox.evaluate(`(() => {
    const field = ${found}
    field.value = ${JSON.stringify(text)}
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })()`)
}

function says(firefox: Firefox, text: string, ms?: number): Promise<void> {
  return until(firefox, `document.body.innerText.includes(${JSON.stringify(text)})`, ms)
}

test('a message rings in a real Firefox whose app is closed, and says nothing but that', async () => {
  await using service = await startPushService()
  await using server = await startTestServer({ args: ['--push-hosts', service.origin] })
  await using firefox = await launchFirefox(pushesFrom(`ws://127.0.0.1:${service.port}/`))
  const mum = startClient(await foundAt(server))
  const { email } = await signUpAt(server)
  const { link } = await invite(mum, { role: 'relative', name: 'Grandma' })

  await firefox.open(link)
  await tap(firefox, 'I have an account')
  await type(firefox, 'Your e-mail address', email)
  await type(firefox, 'Password', GOOD_PASSWORD)
  await tap(firefox, 'Sign in')
  await type(firefox, 'What does the child call you?', 'Grandma')
  await tap(firefox, 'Ask to come in')
  await says(firefox, 'Nearly there')
  await letIn(mum)
  await step(mum)

  await until(firefox, `localStorage.getItem('place') === 'relative'`)
  await firefox.open(`${server.origin}/settings/notices`)
  await tap(firefox, 'Tell me on this device')
  await says(firefox, 'You are told on this device when post comes.')
  // The app is closed: what is open is a page without any script.
  await firefox.open(`${server.origin}/robots.txt`)
  const grandma = (await members(mum)).find(({ me }) => !me)
  assert.ok(grandma)
  for (const size of [6000, 40_000]) {
    await sendVoice(mum, { ...newRecording(size), to: grandma.person })
  }
  await step(mum)
  await until(firefox, `${TITLES}.then((all) => all.length > 0)`, 30_000)
  const shown = await firefox.evaluate(TITLES)
  assert.deepEqual(shown, [{ title: 'There is post for you', body: '', tag: 'post', data: null }])
  assert.equal(service.pushes.length, 1)
})

/** Lets in who asks, as soon as both devices have shown their digits. */
async function letIn(guardian: Client): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [asked] = await waitingRequests(guardian)
    const digits = asked && (await guardianDigits(guardian, asked.request).catch(() => undefined))
    if (asked && digits !== undefined) return admit(guardian, asked.request, digits)
    await sleep(200)
  }
  assert.fail('nobody asked')
}
