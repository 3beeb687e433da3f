import { PawpostError } from '../../protocol/errors.ts'
import { type Clock, within } from '../clock.ts'
import type { ToyLink, WriteMode } from '../link.ts'
import { parseVolume, startsMicrophone } from './commands.ts'
import { readConfig, type ToyConfig } from './config.ts'
import { type DataRequest, parseDataRequest } from './credit.ts'
import { TOY, type ToyCharacteristic } from './gatt.ts'
import { parseState, type ToyState } from './states.ts'

/** What the toy tells us by notification. */
export type Notice =
  | { from: 'state'; state: ToyState }
  | { from: 'dataReq'; request: DataRequest }
  | { from: 'audioRecv'; bytes: Uint8Array }

/** One connection to a toy and what is known about it. Internal to the driver. */
export type Session = {
  readonly link: ToyLink
  readonly clock: Clock
  readonly watchers: Set<(notice: Notice) => void>
  /** Aborted when the link is lost; its reason is the PawpostError `toy-gone`. */
  readonly gone: AbortController
  config: ToyConfig | undefined
  state: ToyState
  level: number
}

/** No single read or write of a working toy takes longer. */
const REPLY_MS = 10_000

/** Connects and brings the toy's notifications up, in the order of facts, section 6. */
export async function openSession(
  link: ToyLink,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Session> {
  const session = newSession(link, clock)
  link.onDisconnect(() => session.gone.abort(new PawpostError('toy-gone')))
  await link.connect(signal)
  try {
    await prepare(session)
  } catch (error) {
    await link.close()
    throw error
  }
  return session
}

function newSession(link: ToyLink, clock: Clock): Session {
  const gone = new AbortController()
  return { link, clock, watchers: new Set(), gone, config: undefined, state: 0, level: 0 }
}

async function prepare(session: Session): Promise<void> {
  session.config = readConfig(await read(session, 'config'))
  await subscribe(session, 'state', (bytes) => ({ from: 'state', state: parseState(bytes) }))
  await subscribe(session, 'audioRecv', (bytes) => ({ from: 'audioRecv', bytes }))
  await subscribe(session, 'dataReq', (bytes) => {
    const request = parseDataRequest(bytes)
    return request && { from: 'dataReq', request }
  })
  session.level = parseVolume(await read(session, 'volume'))
  session.state = parseState(await read(session, 'state'))
}

function subscribe(
  session: Session,
  name: ToyCharacteristic,
  parse: (bytes: Uint8Array) => Notice | undefined,
): Promise<void> {
  const done = session.link.subscribe(TOY[name], (bytes) => {
    const notice = parse(bytes)
    if (notice !== undefined) tell(session, notice)
  })
  return answered(session, done, `subscribe-${name}`)
}

function tell(session: Session, notice: Notice): void {
  if (notice.from === 'state') session.state = notice.state
  for (const watcher of session.watchers) watcher(notice)
}

export function read(session: Session, name: ToyCharacteristic): Promise<Uint8Array> {
  return answered(session, session.link.read(TOY[name]), `read-${name}`)
}

/**
 * Writes to a characteristic of the toy service; no other can be named here. The command that
 * starts the microphone does not pass.
 */
export async function write(
  session: Session,
  name: ToyCharacteristic,
  bytes: Uint8Array,
  mode: WriteMode = 'with-response',
): Promise<void> {
  if (name === 'cmd' && startsMicrophone(bytes)) throw new PawpostError('record-refused')
  session.gone.signal.throwIfAborted()
  await answered(session, session.link.write(TOY[name], bytes, mode), `write-${name}`)
}

/** A radio that has lost the toy may leave an operation unanswered for ever: do not wait for it. */
function answered<T>(session: Session, work: Promise<T>, reason: string): Promise<T> {
  const limit = { ms: REPLY_MS, reason, signals: [session.gone.signal] }
  return within(session.clock, work, limit)
}

/** Calls `watcher` for every notice until the returned function is called. */
export function watch(session: Session, watcher: (notice: Notice) => void): () => void {
  session.watchers.add(watcher)
  return () => session.watchers.delete(watcher)
}

/**
 * Waits until `condition` holds, looking now and after each notice; what it throws is passed on.
 * Rejects with `toy-timeout` when it takes too long, and with `toy-gone` when the link is lost.
 */
export async function until(
  session: Session,
  condition: () => boolean,
  limit: { ms: number; reason: string; signal?: AbortSignal | undefined },
): Promise<void> {
  session.gone.signal.throwIfAborted()
  limit.signal?.throwIfAborted()
  if (condition()) return
  const done = Promise.withResolvers<void>()
  const unwatch = watch(session, () => {
    try {
      if (condition()) done.resolve()
    } catch (error) {
      done.reject(error)
    }
  })
  const { ms, reason, signal } = limit
  const signals = [session.gone.signal, signal]
  await within(session.clock, done.promise, { ms, reason, signals }).finally(unwatch)
}
