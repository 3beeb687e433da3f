import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { mailedCode, pawpost, pawpostServe, pawpostUntil, personAt } from '../harness/command.ts'
import type { Person, Running } from '../harness/command.ts'
import { alignedCorrelation, samplesOf, speak } from '../harness/speech.ts'

// The whole story of a family, told by the command line alone: a real server in a process of its
// own, one profile folder per person, a virtual toy.

const SENTENCE =
  'Hello my little bear. Grandma is thinking of you. Sleep well, and dream of the sea.'
const ANSWER = 'Grandma, I have built a very high tower today, and the bear sat on top of it.'
const PASSWORD = 'tea and biscuits at four'
const ENOUGH = 0.85

type Shown = {
  readonly message: string
  readonly from: string
  readonly kind: string
  readonly at: string
  readonly durationMs: number
  readonly state: string
}

let folder = ''
let server: Running
let toy: Running
let parent: Person
let grandma: Person
let stranger: Person

const data = (): string => join(folder, 'data')
const file = (name: string): string => join(folder, name)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-story-'))
  await chmod(folder, 0o711)
  parent = personAt(file('parent'))
  grandma = personAt(file('grandma'))
  stranger = personAt(file('stranger'))
  await speak(SENTENCE, file('sentence.wav'))
  await speak(ANSWER, file('answer.wav'), 'en-us')
  server = await pawpostServe(data(), 0)
  const args = ['toy', 'virtual', '--socket', file('toy.socket'), '--dump', file('toy')]
  toy = await pawpostUntil(args, /socket (\S+)/)
})

after(async () => {
  await toy?.stop()
  await server?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

async function signUp(person: Person, email: string): Promise<void> {
  const args = ['sign-up', '--server', server.found, '--email', email] as const
  const opened = (await person.says(PASSWORD, ...args)) as { account: string }
  assert.deepEqual(Object.keys(opened), ['account'])
  assert.match(opened.account, /^acc-[\w-]{22}$/)
  const code = await mailedCode(data(), email)
  const wrong = code === '000000' ? '000001' : '000000'
  assert.equal((await person.refused('verify', wrong)).code, 'code-wrong')
  assert.deepEqual(await person.does('verify', code), opened)
}

async function inbox(person: Person): Promise<readonly Shown[]> {
  const shown = (await person.does('inbox')) as readonly Shown[]
  for (const one of shown) {
    const keys = ['message', 'from', 'kind', 'at', 'durationMs', 'state']
    assert.deepEqual(Object.keys(one), keys)
    assert.match(one.message, /^msg-[\w-]{22}$/)
    assert.equal(one.kind, 'voice')
    assert.equal(new Date(one.at).toISOString(), one.at)
    assert.ok(Number.isInteger(one.durationMs) && one.durationMs > 0)
  }
  return shown
}

async function stateAt(person: Person, message: string): Promise<string | undefined> {
  return (await inbox(person)).find((one) => one.message === message)?.state
}

/** A message of these samples, sent and acknowledged. */
async function send(person: Person, ...args: readonly string[]): Promise<string> {
  const sent = (await person.does('send', ...args)) as { message: string; sent: boolean }
  assert.deepEqual(Object.keys(sent), ['message', 'sent'])
  assert.match(sent.message, /^msg-[\w-]{22}$/)
  assert.equal(sent.sent, true)
  return sent.message
}

async function whatTheToyHolds(): Promise<readonly string[]> {
  return readdir(file('toy')).catch(() => [])
}

describe('a family on the command line', { timeout: 600_000 }, () => {
  let link = ''
  let request = ''
  let digits = ''
  let voice = ''
  let grandmasId = ''

  test('a parent signs up and confirms the address', async () => {
    await signUp(parent, 'parent@family.example')
    assert.equal((await stat(join(parent.folder, 'device.json'))).mode & 0o777, 0o600)
  })

  test('there is no family yet', async () => {
    assert.equal((await parent.refused('members')).code, 'household-missing')
    assert.equal((await parent.refused('send', file('sentence.wav'))).code, 'household-missing')
  })

  test('and creates a household with a child', async () => {
    const args = ['household', 'create', '--child', 'Zebulon', '--name', 'Ruth']
    const made = (await parent.does(...args)) as { household: string; recoveryCard: string }
    assert.deepEqual(Object.keys(made), ['household', 'recoveryCard'])
    assert.match(made.household, /^hh-[\w-]{22}$/)
    assert.match(made.recoveryCard, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    const again = ['household', 'create', '--child', 'Zebulon']
    assert.equal((await parent.refused(...again)).code, 'household-exists')
  })

  test('and invites grandma by a link whose secret stays behind the #', async () => {
    const args = ['invite', '--role', 'relative', '--name', 'Grandma Ilse']
    const made = (await parent.does(...args)) as { link: string }
    assert.deepEqual(Object.keys(made), ['link'])
    link = made.link
    const pattern = /^http:\/\/localhost:\d+\/j\/inv-[\w-]{22}#[\w-]{46}$/
    assert.match(link, pattern)
  })

  test('grandma signs up and asks to join', async () => {
    await signUp(grandma, 'grandma@family.example')
    const cut = link.slice(0, -1)
    assert.equal((await grandma.refused('join', cut, '--name', 'Ilse')).code, 'link-invalid')
    const asked = (await grandma.does('join', link, '--name', 'Ilse')) as { request: string }
    assert.deepEqual(Object.keys(asked), ['request'])
    assert.match(asked.request, /^req-[\w-]{22}$/)
    request = asked.request
    assert.deepEqual(await grandma.does('join', link, '--name', 'Ilse'), asked, 'once')
    assert.equal((await grandma.refused('sas', request)).code, 'request-unready')
  })

  test('the parent sees who asks', async () => {
    assert.deepEqual(await parent.does('requests'), [{ request, name: 'Ilse', role: 'relative' }])
  })

  test('both see the same six digits, the joiner first', async () => {
    assert.equal((await parent.refused('sas', request)).code, 'request-unready')
    const hers = (await grandma.does('sas', request)) as { sas: string }
    const his = (await parent.does('sas', request)) as { sas: string }
    assert.deepEqual(Object.keys(hers), ['sas'])
    assert.match(hers.sas, /^\d{6}$/)
    assert.deepEqual(his, hers)
    digits = hers.sas
  })

  test('wrong digits let nobody in', async () => {
    const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0')
    const refused = await parent.refused('admit', request, '--sas', wrong)
    assert.equal(refused.code, 'digits-differ')
    assert.match(refused.message, /digits differ/)
    const members = (await parent.does('members')) as unknown[]
    assert.equal(members.length, 1)
    assert.equal((await grandma.refused('members')).code, 'household-missing')
  })

  test('the right digits let grandma in, and each knows whom they may know', async () => {
    assert.deepEqual(await parent.does('admit', request, '--sas', digits), { request })
    const members = (await parent.does('members')) as Record<string, unknown>[]
    const names = members.map(({ name, role, me }) => ({ name, role, me }))
    assert.deepEqual(names, [
      { name: 'Ruth', role: 'guardian', me: true },
      { name: 'Ilse', role: 'relative', me: false },
    ])
    grandmasId = String(members[1]?.['person'])
    assert.match(grandmasId, /^pr-[\w-]{22}$/)
    const hers = (await grandma.does('members')) as Record<string, unknown>[]
    assert.deepEqual(
      hers.map(({ person, name, me }) => ({ person, name, me })),
      members.map(({ person, name, me }) => ({ person, name, me: me === false })),
    )
    assert.deepEqual(await parent.does('requests'), [])
  })

  test('the link is used up', async () => {
    await signUp(stranger, 'stranger@elsewhere.example')
    const refused = await stranger.refused('join', link, '--name', 'Ilse')
    assert.equal(refused.code, 'invite-dead')
  })

  test('grandma speaks; the parent finds it waiting for approval', async () => {
    voice = await send(grandma, file('sentence.wav'))
    const [shown, ...more] = await inbox(parent)
    assert.deepEqual(more, [])
    assert.equal(shown?.message, voice)
    assert.equal(shown?.from, 'Ilse')
    assert.equal(shown?.state, 'waiting')
    assert.equal(await stateAt(grandma, voice), 'waiting')
  })

  test('the toy gets nothing that is not approved', async () => {
    const args = ['toy', 'send', voice, '--virtual', file('toy.socket')]
    assert.equal((await parent.refused(...args)).code, 'not-approved')
    assert.equal((await grandma.refused(...args)).code, 'not-approved')
    assert.equal((await grandma.refused('approve', voice)).code, 'device-refused')
    assert.deepEqual(await whatTheToyHolds(), [])
  })

  test('the parent listens, and hears what grandma said', async () => {
    const out = file('parent-heard.wav')
    const heard = (await parent.does('listen', voice, '--out', out)) as { durationMs: number }
    assert.deepEqual(Object.keys(heard), ['message', 'durationMs'])
    const said = await samplesOf(file('sentence.wav'))
    assert.ok(Math.abs(heard.durationMs - said.length / 16) <= 1)
    const measured = alignedCorrelation(said, await samplesOf(out))
    assert.ok(measured >= ENOUGH, `correlation ${measured}`)
  })

  test('and approves', async () => {
    assert.deepEqual(await parent.does('approve', voice), { message: voice })
    assert.equal(await stateAt(parent, voice), 'approved')
    assert.equal(await stateAt(grandma, voice), 'approved')
    assert.deepEqual(await whatTheToyHolds(), [])
    const byGrandma = ['toy', 'send', voice, '--virtual', file('toy.socket')]
    assert.equal((await grandma.refused(...byGrandma)).code, 'not-approved')
  })

  test('the bear gets it, whole', async () => {
    const args = ['toy', 'send', voice, '--virtual', file('toy.socket')]
    const sent = await parent.does(...args)
    assert.deepEqual(sent, { message: voice, state: 'in-the-bear' })
    const held = await whatTheToyHolds()
    assert.deepEqual(held.toSorted(), ['slot-2.au', 'slot-2.wav'])
    const said = await samplesOf(file('sentence.wav'))
    const measured = alignedCorrelation(said, await samplesOf(join(file('toy'), 'slot-2.wav')))
    assert.ok(measured >= ENOUGH, `correlation ${measured}`)
  })

  test('and the codec command decodes what the toy holds in the same way', async () => {
    const au = join(file('toy'), 'slot-2.au')
    const wav = file('decoded.wav')
    assert.equal((await pawpost(['codec', 'g7221', 'decode', au, wav])).code, 0)
    const held = await readFile(join(file('toy'), 'slot-2.wav'))
    assert.deepEqual(await readFile(wav), held)
  })

  test('grandma sees that it is in the bear', async () => {
    assert.equal(await stateAt(grandma, voice), 'in-the-bear')
  })

  test("the child's answer reaches grandma, and nobody needs to approve it", async () => {
    const answer = await send(parent, file('answer.wav'), '--to', grandmasId)
    const shown = (await inbox(grandma)).find((one) => one.message === answer)
    assert.equal(shown?.from, 'Ruth')
    assert.equal(shown?.state, 'delivered')
    const out = file('grandma-heard.wav')
    await grandma.does('listen', answer, '--out', out)
    const measured = alignedCorrelation(await samplesOf(file('answer.wav')), await samplesOf(out))
    assert.ok(measured >= ENOUGH, `correlation ${measured}`)
    const toToy = ['toy', 'send', answer, '--virtual', file('toy.socket')]
    assert.equal((await parent.refused(...toToy)).code, 'not-approved', 'not for the child')
  })

  test('a guardian speaks to the child without asking anybody', async () => {
    const own = await send(parent, file('answer.wav'))
    assert.equal(await stateAt(parent, own), 'approved')
    await parent.does('toy', 'send', own, '--virtual', file('toy.socket'))
    assert.equal(await stateAt(parent, own), 'in-the-bear')
    assert.equal(await stateAt(grandma, own), undefined, 'not addressed to grandma')
  })

  test('a rejected message never gets to the toy', async () => {
    const unwanted = await send(grandma, file('sentence.wav'), '--to', 'child')
    await inbox(parent)
    assert.deepEqual(await parent.does('reject', unwanted), { message: unwanted })
    assert.equal(await stateAt(parent, unwanted), 'rejected')
    assert.equal(await stateAt(grandma, unwanted), 'rejected')
    const before = await whatTheToyHolds()
    const toToy = ['toy', 'send', unwanted, '--virtual', file('toy.socket')]
    assert.equal((await parent.refused(...toToy)).code, 'not-approved')
    assert.deepEqual(await whatTheToyHolds(), before)
  })

  test('grandma writes to the household, not to the child', async () => {
    const note = await send(grandma, file('sentence.wav'), '--to', 'household')
    assert.equal(await stateAt(parent, note), 'delivered')
  })

  test('without a server a message waits in the outbox, and goes out once', async () => {
    const { found: origin } = server
    await server.stop()
    const { code, stdout, stderr } = await grandma.tries('send', file('sentence.wav'))
    assert.equal(code, 0)
    assert.equal((JSON.parse(stderr) as { code: string }).code, 'offline')
    const kept = JSON.parse(stdout) as { message: string; sent: boolean }
    assert.equal(kept.sent, false)
    assert.equal(await stateOffline(grandma, kept.message), 'sending')
    server = await pawpostServe(data(), Number(new URL(origin).port))
    assert.equal(await stateAt(grandma, kept.message), 'waiting')
    assert.equal(await stateAt(grandma, kept.message), 'waiting')
    const arrived = (await inbox(parent)).filter((one) => one.message === kept.message)
    assert.deepEqual(
      arrived.map(({ state }) => state),
      ['waiting'],
    )
  })

  test('who comes back later signs in again, to the same family', async () => {
    const args = ['sign-in', '--server', server.found, '--email', 'parent@family.example'] as const
    const nobody = personAt(file('somebody'))
    assert.equal((await nobody.refused(...args)).code, 'sign-in-refused', 'an empty password')
    const signedIn = (await parent.says(PASSWORD, ...args)) as { account: string }
    assert.deepEqual(Object.keys(signedIn), ['account'])
    assert.equal(((await parent.does('members')) as unknown[]).length, 2)
  })
})

/** What a person sees without a network: a warning on standard error, and what is kept here. */
async function stateOffline(person: Person, message: string): Promise<string | undefined> {
  const { code, stdout, stderr } = await person.tries('inbox')
  assert.equal(code, 0)
  assert.equal((JSON.parse(stderr) as { code: string }).code, 'offline')
  const shown = JSON.parse(stdout) as readonly Shown[]
  return shown.find((one) => one.message === message)?.state
}
