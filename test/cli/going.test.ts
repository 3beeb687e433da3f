import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  mailedCode,
  pawpostServe,
  personAt,
  type Person,
  type Running,
} from '../harness/command.ts'
import { speak } from '../harness/speech.ts'

// A family loses phones and members, by the command line alone.

const PASSWORD = 'tea and biscuits at four'

let folder = ''
let server: Running
const data = (): string => join(folder, 'data')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-going-'))
  await chmod(folder, 0o711)
  await speak('Good night, little bear.', join(folder, 'night.wav'))
  server = await pawpostServe(data(), 0)
})

after(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

async function signedUp(name: string): Promise<Person> {
  const person = personAt(join(folder, name))
  const email = `${name}@family.example`
  await person.says(PASSWORD, 'sign-up', '--server', server.found, '--email', email)
  await person.does('verify', await mailedCode(data(), email))
  return person
}

/** Invites somebody and lets them in; gives the member's id. */
async function letIn(
  guardian: Person,
  joiner: Person,
  role: string,
  name: string,
): Promise<string> {
  const { link } = (await guardian.does('invite', '--role', role, '--name', name)) as {
    link: string
  }
  const { request } = (await joiner.does('join', link, '--name', name)) as { request: string }
  await guardian.does('requests')
  const { sas } = (await joiner.does('sas', request)) as { sas: string }
  await guardian.does('admit', request, '--sas', sas)
  const known = (await joiner.does('members')) as { person: string; me: boolean }[]
  return known.find(({ me }) => me)?.person ?? assert.fail()
}

type Listed = { device: string; name: string; mine: boolean; here: boolean; since: string }

async function send(person: Person): Promise<string> {
  const sent = (await person.does('send', join(folder, 'night.wav'))) as { message: string }
  return sent.message
}

async function stateAt(person: Person, message: string): Promise<string | undefined> {
  const shown = (await person.does('inbox')) as { message: string; state: string }[]
  return shown.find((one) => one.message === message)?.state
}

/** Runs a command on a device that was ended, which says so. */
async function endedBy(person: Person): Promise<string | undefined> {
  const { code, stderr } = await person.tries('inbox')
  assert.equal(code, 0, stderr)
  const said = JSON.parse(stderr) as { code: string; reason?: string }
  assert.equal(said.code, 'device-ended')
  return said.reason
}

describe('who goes, and how guardians agree', { timeout: 600_000 }, () => {
  let mum: Person
  let next: Person
  let dad: Person
  let uncle: Person
  let grandma: Person
  const ids: Record<'dad' | 'uncle' | 'grandma', string> = { dad: '', uncle: '', grandma: '' }

  before(async () => {
    mum = await signedUp('mum')
    const args = ['household', 'create', '--child', 'Zebulon', '--name', 'Ruth']
    const { recoveryCard } = (await mum.does(...args)) as { recoveryCard: string }
    next = await signedUp('next')
    await next.says(recoveryCard, 'recover')
    dad = await signedUp('dad')
    uncle = await signedUp('uncle')
    grandma = await signedUp('grandma')
    ids.dad = await letIn(mum, dad, 'guardian', 'Dan')
    ids.uncle = await letIn(mum, uncle, 'guardian', 'Uli')
    ids.grandma = await letIn(mum, grandma, 'relative', 'Ilse')
  })

  test('a phone is lost: the other one ends it, and says so', async () => {
    const message = await send(grandma)
    await mum.does('inbox')
    await mum.does('approve', message)
    assert.equal(await stateAt(next, message), 'approved')
    const listed = (await next.does('device', 'list')) as Listed[]
    assert.equal(listed.length, 5)
    const lost = listed.find(({ mine, here }) => mine && !here)
    assert.ok(lost)
    assert.deepEqual(Object.keys(lost), ['device', 'person', 'name', 'mine', 'here', 'since'])
    assert.equal(lost.name, 'Ruth')
    assert.deepEqual(await next.does('device', 'revoke', lost.device), { device: lost.device })
    assert.equal(await stateAt(next, message), 'waiting', 'approved by a phone that is gone')
    await next.does('approve', message)
    assert.equal(await stateAt(next, message), 'approved')
    assert.equal(await endedBy(mum), 'revoked')
    assert.equal((await mum.refused('send', join(folder, 'night.wav'))).code, 'device-ended')
    assert.equal((await mum.refused('household', 'create', '--child', 'Z')).code, 'device-ended')
  })

  test('what was said can be forgotten: by who said it, and by a guardian', async () => {
    const [hers, his] = [await send(grandma), await send(dad)]
    await next.does('inbox')
    assert.equal((await grandma.refused('erase', his)).code, 'not-found')
    await grandma.does('erase', hers)
    await next.does('erase', his)
    for (const person of [next, dad, grandma]) {
      assert.equal(await stateAt(person, hers), undefined)
      assert.equal(await stateAt(person, his), undefined)
    }
  })

  test('guardians agree on rules', async () => {
    const rules = ['propose', 'rules', '--approval', 'yes', '--retention']
    const wrong = await next.tries(...rules, 'soon')
    assert.equal(wrong.code, 2)
    const { purpose } = (await next.does(...rules, '60')) as { purpose: string }
    const [question] = (await dad.does('questions')) as Record<string, unknown>[]
    assert.equal(question?.['purpose'], purpose)
    assert.deepEqual(question['wants'], {
      op: 'policy',
      policy: { approval: true, retention: 60, trusted: [] },
    })
    assert.equal(question['mine'], 'asked')
    assert.deepEqual(await dad.does('agree', purpose), { purpose })
    assert.deepEqual(await next.does('questions'), [])
    assert.deepEqual(await next.does(...rules, '60'), {}, 'it is so already')
    assert.equal((await grandma.refused(...rules, '1')).code, 'device-refused')
  })

  test('two agree that the third guardian goes; who came first is not outvoted', async () => {
    const members = (await dad.does('members')) as { person: string; name: string }[]
    const first = members.find(({ name }) => name === 'Ruth')?.person ?? assert.fail()
    assert.equal((await dad.refused('propose', 'removal', first)).reason, 'quorum-required')
    assert.equal((await uncle.refused('people', 'remove', first)).reason, 'quorum-required')
    const asked = (await next.does('propose', 'removal', ids.uncle)) as { purpose: string }
    await dad.does('questions')
    await dad.does('agree', asked.purpose)
    assert.equal(await endedBy(uncle), 'quorum')
  })

  test('a notice is given, seen, and taken back; before 72 hours it removes nobody', async () => {
    assert.deepEqual(await next.does('notice', 'give', ids.dad), { person: ids.dad })
    const [notice] = (await dad.does('notice', 'list')) as { person: string; from: string }[]
    assert.equal(notice?.person, ids.dad)
    assert.ok(Date.parse(notice.from) - Date.now() > 71 * 3_600_000)
    assert.equal((await next.refused('people', 'remove', ids.dad)).reason, 'notice-running')
    assert.deepEqual(await next.does('notice', 'withdraw', ids.dad), { person: ids.dad })
    assert.deepEqual(await dad.does('notice', 'list'), [])
  })

  test('a relative is removed, a guardian leaves, and the last one stays', async () => {
    assert.deepEqual(await next.does('people', 'remove', ids.grandma), { person: ids.grandma })
    assert.equal(await endedBy(grandma), 'guardian')
    assert.deepEqual(await dad.does('leave'), { person: ids.dad })
    assert.equal(await endedBy(dad), 'self')
    const voice = await send(next)
    assert.equal(await stateAt(next, voice), 'approved')
    assert.equal((await next.refused('leave')).reason, 'last-guardian')
    assert.equal(((await next.does('members')) as unknown[]).length, 1)
  })
})
