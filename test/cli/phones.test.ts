import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  mailedCode,
  pawpostServe,
  personAt,
  type Person,
  type Running,
} from '../harness/command.ts'

// Another device of one's own, by the command line alone.

const PASSWORD = 'tea and biscuits at four'
const EMAIL = 'ruth@family.example'

let folder = ''
let server: Running
const data = (): string => join(folder, 'data')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-phones-'))
  await chmod(folder, 0o711)
  server = await pawpostServe(data(), 0)
})

after(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

type Asked = { readonly state: string; readonly digits?: string; readonly link?: string }

test('a second device comes in by a link and four digits', async () => {
  const [old, next] = ['old', 'next'].map((name): Person => personAt(join(folder, name)))
  assert.ok(old && next)
  await old.says(PASSWORD, 'sign-up', '--server', server.found, '--email', EMAIL)
  await old.does('verify', await mailedCode(data(), EMAIL))
  await old.does('household', 'create', '--child', 'Zoe', '--name', 'Ruth')
  const { link = '' } = (await old.does('device', 'add')) as Asked
  assert.deepEqual(await old.does('device', 'add'), { link })
  await next.says(PASSWORD, 'sign-in', '--server', server.found, '--email', EMAIL)
  await next.does('device', 'come', link)
  const asked = (await old.does('device', 'asks')) as Asked
  const shown = (await next.does('device', 'arrive')) as Asked
  assert.deepEqual([asked.state, shown], ['asks', { state: 'digits', digits: asked.digits }])
  await old.does('device', 'let-in', asked.digits ?? '')
  assert.deepEqual(await next.does('device', 'arrive'), { state: 'arrived' })
  const devices = (await next.does('device', 'list')) as { mine: boolean; here: boolean }[]
  assert.deepEqual(
    devices.map(({ mine, here }) => [mine, here]),
    [
      [true, false],
      [true, true],
    ],
  )
  assert.deepEqual(await old.does('device', 'asks'), { state: 'none' })
})
