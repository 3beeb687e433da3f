import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTestClock } from '../../../../test/harness/clock.ts'
import { cheapPasswords } from '../../../../test/harness/passwords.ts'
import { toCbor } from '../../../protocol/cbor.ts'
import { PawpostError } from '../../../protocol/errors.ts'
import { accountId, deviceId, householdId, principalId } from '../../../protocol/ids.ts'
import type { Passwords } from '../../passwords/passwords.ts'
import { createLog, type Log } from '../../platform/log.ts'
import { StartError } from '../../platform/start-error.ts'
import type { Sealed } from '../accounts.ts'
import { openVault, type Vault } from '../vault.ts'
import { CALL_NAMES } from './calls.ts'
import { awaitVault, connectVault } from './connect.ts'
import { frameOf, framesOf, MAX_FRAME } from './frames.ts'
import { serveVault } from './serve.ts'

const PASSWORD = 'tea and biscuits at four'
const AWAY = { code: 'busy', reason: 'vault-away' }
const clock = createTestClock()

let folder = ''
let passwords: Passwords
let lines: string[] = []
const log: Log = createLog('info', { write: (line) => void lines.push(line) })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function openHere(name: string): Promise<Vault> {
  const parts = { log, passwords, clock, addressesPerHour: 5 }
  return openVault(join(folder, name), parts)
}

function socketIn(name: string): { path: string; mode: number } {
  return { path: join(folder, `${name}.socket`), mode: 0o600 }
}

function newId(): Uint8Array {
  return randomBytes(16)
}

/** A vault behind a socket, and the door to it. */
async function pair(name: string, here?: Vault) {
  const parts = new AsyncDisposableStack()
  const vault = here ?? (await openHere(name))
  const socket = socketIn(name)
  parts.use(await serveVault(vault, socket, log))
  const door = parts.use(connectVault(socket.path))
  return { vault, door, path: socket.path, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

test('every call gives through the socket what it gives here', async () => {
  await using both = await pair('alike')
  const { door, vault } = both
  assert.deepEqual(
    Object.keys(vault).toSorted(),
    CALL_NAMES.toSorted(),
    'nothing of the door is missing',
  )
  const [account] = await door.newAccountIds(1)
  assert.ok(account)
  const kept = { account, sealed: await door.sealAddress(account, 'ann@family.example') }
  assert.equal(await door.openAddress(kept, 'code'), 'ann@family.example')
  const same = (one: unknown, other: unknown): void => assert.deepEqual(toCbor(one), toCbor(other))
  same(await door.reindex(kept), await vault.indexesOf('ann@family.example'))
  const addresses = ['a@b.example', 'ann@family.example']
  same(await door.indexesOfAll(addresses), await vault.indexesOfAll(addresses))
  same(await door.deviceTag('phone'), await vault.deviceTag('phone'))
  const password = { account, sealed: await door.hashPassword(account, PASSWORD) }
  assert.deepEqual(await door.verifyPassword(password, PASSWORD), { matches: true })
  assert.deepEqual(await door.verifyPassword(undefined, PASSWORD), { matches: false })
  const { secret, sealed } = await door.newTotp(account)
  assert.equal(secret.length, 20)
  const times = { now: clock.now(), last: 0 }
  assert.equal(await door.checkTotp({ account, sealed }, 'xyz', times), undefined)
  const hash = await passwords.hash(PASSWORD)
  const [imported] = await door.importAccounts([{ account, address: 'a@b.example', hash }])
  assert.ok(imported)
  const [invitation] = await door.sealInvitations([{ account, address: 'gran@b.example' }])
  assert.ok(invitation)
  const there = { account, sealed: invitation }
  assert.deepEqual(await door.reseal([{ ...there, column: 'invitation' }]), [invitation])
  assert.deepEqual(await door.reseal([{ ...there, column: 'address' }]), [undefined])
  await door.renewKeys([account])
  const values = [
    { ...kept, column: 'address' },
    { ...kept, column: 'totp' },
  ] as const
  const [fresh, none] = await door.reseal(values)
  assert.ok(fresh)
  assert.equal(none, undefined)
  await door.retireKeys([account])
  assert.equal(await door.openAddress({ account, sealed: fresh }, 'export'), 'ann@family.example')
  await door.forgetAccounts([account])
  const gone = { code: 'internal', reason: 'vault-sealed' }
  await assert.rejects(door.openAddress({ account, sealed: fresh }, 'code'), gone)
})

test('wraps, and a rotation, through the socket', async () => {
  await using both = await pair('wraps')
  const { door } = both
  const household = householdId.from(newId())
  const name = { principal: principalId.from(newId()), epoch: 1, device: deviceId.from(newId()) }
  const wraps = [{ ...name, wrap: new Uint8Array(3000).fill(7) }]
  const sealed = await door.sealWraps(household, wraps)
  assert.equal(await door.beginRotation(), 1)
  await door.renewShredKeys(household)
  const fresh = await door.resealWraps(household, sealed)
  assert.deepEqual(await door.resealWraps(household, fresh), fresh)
  await door.retireShredKeys(household)
  await door.endRotation()
  assert.deepEqual(await door.openWraps(household, fresh), wraps)
  assert.deepEqual(await door.openWraps(household, sealed), [])
  await door.closeEpochs(household, [{ principal: name.principal, below: 2 }])
  assert.deepEqual(await door.openWraps(household, fresh), [])
})

test('in no hour more addresses are opened than the budget, whoever connects how often', async () => {
  await using both = await pair('budget')
  const [account] = await both.door.newAccountIds(1)
  assert.ok(account)
  const kept: Sealed = { account, sealed: await both.door.sealAddress(account, 'a@b.example') }
  const tries = async (): Promise<number> => {
    await using thief = connectVault(both.path)
    const opened = await Promise.allSettled(
      Array.from({ length: 20 }, () => thief.openAddress(kept, 'notice')),
    )
    for (const one of opened) {
      if (one.status === 'fulfilled') continue
      const { code, reason } = one.reason as PawpostError
      assert.deepEqual([code, reason], ['busy', 'decrypt-budget'])
    }
    return opened.filter(({ status }) => status === 'fulfilled').length
  }
  let haul = 0
  for (let minute = 0; minute < 60; minute += 5) {
    haul += await tries()
    clock.advance(5 * 60_000 - 1000)
  }
  assert.equal(haul, 5)
  clock.advance(60_000)
  assert.equal(await tries(), 5)
  assert.ok(lines.some((line) => line.includes('"level":"error"') && line.includes('used up')))
})

/** Says bytes to a vault; gives everything that it answers until it hangs up, or for a moment. */
async function say(path: string, bytes: Uint8Array): Promise<{ hungUp: boolean }> {
  const socket: Socket = connect(path)
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  socket.resume()
  const closed = once(socket, 'close').then(() => true)
  socket.write(bytes)
  const moment = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), 300)
  })
  const hungUp = await Promise.race([closed, moment])
  socket.destroy()
  return { hungUp }
}

test('whoever says what is no call is hung up on; the others go on', async () => {
  await using both = await pair('astray')
  const account = accountId.from(newId())
  const long = Buffer.alloc(4)
  long.writeUInt32BE(MAX_FRAME + 1)
  const wrong = {
    'no call of this name': frameOf({ id: 1, call: 'masterKey', args: [] }),
    'a name of every object': frameOf({ id: 1, call: 'constructor', args: [] }),
    'too many arguments': frameOf({ id: 1, call: 'indexesOf', args: ['a', 'b'] }),
    'another reason': frameOf({
      id: 1,
      call: 'openAddress',
      args: [{ account, sealed: newId() }, 'curiosity'],
    }),
    'another field': frameOf({ id: 1, call: 'indexesOf', args: ['a'], as: 'root' }),
    'no CBOR': Buffer.from([0, 0, 0, 1, 0xff]),
    'an empty frame': Buffer.alloc(4),
    'too long a frame': long,
  }
  for (const [what, bytes] of Object.entries(wrong)) {
    lines = []
    assert.deepEqual(await say(both.path, bytes), { hungUp: true }, what)
    assert.ok(
      lines.some((line) => line.includes('went astray')),
      what,
    )
  }
  const call = { id: 1, call: 'indexesOf', args: ['a@b.example'] }
  assert.deepEqual(await say(both.path, frameOf(call)), { hungUp: false }, 'control')
  assert.equal((await both.door.indexesOf('a@b.example')).length, 1)
})

test('frames are found however the stream is cut, and none is kept that is too long', async () => {
  const values = [{ a: 1 }, 'text', newId(), 'x'.repeat(70_000)]
  const stream = Buffer.concat(values.map(frameOf))
  for (const size of [1, 3, 4, 5, 1000, stream.length]) {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < stream.length; at += size) yield stream.subarray(at, at + size)
    }
    const found: Uint8Array[] = []
    for await (const frame of framesOf(pieces())) found.push(frame)
    assert.deepEqual(
      found,
      values.map((value) => toCbor(value)),
    )
  }
  assert.throws(() => frameOf(new Uint8Array(MAX_FRAME)), { code: 'too-large' })
})

test('of an error that is none of ours nothing crosses', async () => {
  const broken: Vault = {
    ...(await openHere('broken')),
    deviceTag: () => Promise.reject(new Error('the secret is 42')),
    indexesOf: () => Promise.reject(new PawpostError('busy', 'hash-queue')),
  }
  await using both = await pair('broken', broken)
  await assert.rejects(both.door.deviceTag('x'), (error: unknown) => {
    assert.ok(error instanceof PawpostError)
    return error.code === 'internal' && error.reason === undefined
  })
  await assert.rejects(both.door.indexesOf('x'), { code: 'busy', reason: 'hash-queue' })
})

test('while the vault is away calls are refused as busy; when it is back they go through', async () => {
  const vault = await openHere('away')
  const socket = socketIn('away')
  await using door = connectVault(socket.path, 300)
  await assert.rejects(door.indexesOf('a'), AWAY)
  await assert.rejects(awaitVault(door, socket.path, 200), StartError)
  const never: Vault = { ...vault, deviceTag: () => new Promise(() => undefined) }
  const first = await serveVault(never, socket, log)
  assert.equal((await door.indexesOf('a')).length, 1)
  await assert.rejects(door.deviceTag('x'), { code: 'busy', reason: 'vault-slow' })
  const cut = assert.rejects(door.deviceTag('x'), AWAY)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await first[Symbol.asyncDispose]()
  await cut
  await assert.rejects(door.indexesOf('a'), AWAY)
  await using parts = new AsyncDisposableStack()
  parts.use(await serveVault(vault, socket, log))
  await awaitVault(door, socket.path)
  assert.equal((await door.indexesOf('a')).length, 1)
})

test('the socket has its mode from the first moment; what is no socket is left alone', async () => {
  const vault = await openHere('mode')
  for (const mode of [0o600, 0o660]) {
    const path = join(folder, 'mode.socket')
    await using parts = new AsyncDisposableStack()
    parts.use(await serveVault(vault, { path, mode }, log))
    assert.equal((await stat(path)).mode & 0o777, mode)
  }
  const file = join(folder, 'diary.txt')
  await writeFile(file, 'dear diary')
  await assert.rejects(serveVault(vault, { path: file, mode: 0o600 }, log), StartError)
  const nowhere = join(folder, 'nowhere', 'x.socket')
  await assert.rejects(serveVault(vault, { path: nowhere, mode: 0o600 }, log), StartError)
})

test('a dead process leaves its socket behind: the next one takes the place', async () => {
  const { path, mode } = socketIn('dead')
  const dead = createServer()
  dead.listen(path)
  await once(dead, 'listening')
  await using parts = new AsyncDisposableStack()
  parts.use(await serveVault(await openHere('dead'), { path, mode }, log))
  await using door = connectVault(path)
  assert.equal((await door.newAccountIds(2)).length, 2)
  dead.close()
})
