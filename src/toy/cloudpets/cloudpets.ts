import { PawpostError } from '../../protocol/errors.ts'
import { type ApprovedClip, requireApproved } from '../approval.ts'
import { type Clock, realClock, sleep } from '../clock.ts'
import type { ToyLink } from '../link.ts'
import * as command from './commands.ts'
import { configBytes, type ToyConfig } from './config.ts'
import { fetchRecording } from './download.ts'
import { openSession, type Session, watch, write } from './session.ts'
import { refusal, type ToyState, type ToyVerb } from './states.ts'
import { type TransferOptions, transmit } from './upload.ts'

/**
 * The original CloudPets toy, connected. Verbs run one after the other; one that makes no sense in
 * the toy's state, or during a transfer, is refused with `toy-busy` and a `Refusal` as its reason
 * before anything is written.
 */
export interface CloudPet {
  readonly name: string
  /** Who the toy says it is; undefined when it was never set up. Not a proof of anything. */
  readonly config: ToyConfig | undefined
  readonly state: ToyState
  /** 0..255, as read when connecting or set since. */
  readonly volume: number
  onState(listener: (state: ToyState) => void): () => void
  onGone(listener: () => void): void
  /**
   * Puts a message into the bear: stops a loop, uploads to slot 2, ends game mode and lets the heart
   * blink (facts, section 7). Resolves when the toy holds the message; `lit` is false when it was
   * lost before the heart could be lit.
   */
  sendMessage(clip: ApprovedClip, options?: TransferOptions): Promise<{ lit: boolean }>
  /** Uploads to `index`: 1..4 are slots 2..5, 0 plays at once. Only approved clips are taken. */
  upload(clip: ApprovedClip, index: command.UploadIndex, options?: TransferOptions): Promise<void>
  /** The child's recording in slot 1, raw: its codec is unknown. */
  download(options?: TransferOptions): Promise<Uint8Array>
  play(slot: command.Slot): Promise<void>
  stop(): Promise<void>
  loop(times: number, clipMs: number): Promise<void>
  stopLoop(): Promise<void>
  light(light: command.Light): Promise<void>
  setVolume(level: number): Promise<void>
  gameMode(on: boolean): Promise<void>
  configure(config: ToyConfig): Promise<void>
  /** Always rejects with `record-refused`: nobody but the paw starts the microphone. */
  record(): Promise<never>
  close(): Promise<void>
}

/** The slot of the incoming message, which the paw plays, is filled through this index. */
const MESSAGE_INDEX = 1
const BLINK_MS = 500
/** The toy needs this long after light, play, loop and upload before the next command. */
const REST_MS = 250

/** Connects to a CloudPets toy. On any failure the link is closed. */
export async function connectCloudPet(
  link: ToyLink,
  options: { clock?: Clock; signal?: AbortSignal } = {},
): Promise<CloudPet> {
  const session = await openSession(link, options.clock ?? realClock, options.signal)
  const turns = takeTurns(session)
  return {
    name: link.name,
    get config() {
      return session.config
    },
    get state() {
      return session.state
    },
    get volume() {
      return session.level
    },
    ...listeners(session),
    ...transfers(session, turns),
    ...commands(session, turns),
    ...settings(session, turns),
    record: () => Promise.reject(new PawpostError('record-refused')),
    close: () => link.close(),
  }
}

type Turns = {
  /** Runs `work` after what is under way, if the toy's state allows `verb` by then. */
  take: <T>(verb: ToyVerb, work: () => Promise<T>) => Promise<T>
  /** The same, refusing every other turn until `work` has ended. */
  hold: <T>(verb: ToyVerb, work: () => Promise<T>) => Promise<T>
}

function takeTurns(session: Session): Turns {
  let tail: Promise<unknown> = Promise.resolve()
  let held = false
  const take: Turns['take'] = async (verb, work) => {
    if (held) throw new PawpostError('toy-busy', 'transferring')
    const turn = tail.then(() => {
      requireAllowed(verb, session)
      return work()
    })
    tail = turn.catch(() => undefined)
    return turn
  }
  const hold: Turns['hold'] = async (verb, work) => {
    if (held) throw new PawpostError('toy-busy', 'transferring')
    const turn = take(verb, work)
    held = true
    try {
      return await turn
    } finally {
      held = false
    }
  }
  return { take, hold }
}

function requireAllowed(verb: ToyVerb, { gone, state }: Session): void {
  gone.signal.throwIfAborted()
  const reason = refusal(verb, state)
  if (reason === 'key-check') throw new PawpostError('toy-refused', reason)
  if (reason !== undefined) throw new PawpostError('toy-busy', reason)
}

/** Writes and then gives the toy its rest. */
async function writeAndRest(session: Session, bytes: Uint8Array): Promise<void> {
  await write(session, 'cmd', bytes)
  await sleep(session.clock, REST_MS)
}

async function shine(session: Session, light: command.Light): Promise<void> {
  await write(session, 'led', command.light(light))
  await sleep(session.clock, REST_MS)
}

function listeners(session: Session): Pick<CloudPet, 'onState' | 'onGone'> {
  return {
    onState: (listener) =>
      watch(session, (notice) => {
        if (notice.from === 'state') listener(notice.state)
      }),
    onGone: (listener) => session.gone.signal.addEventListener('abort', listener, { once: true }),
  }
}

type TransferVerbs = Pick<CloudPet, 'sendMessage' | 'upload' | 'download'>

function transfers(session: Session, { hold }: Turns): TransferVerbs {
  const upload: CloudPet['upload'] = async (clip, index, options = {}) => {
    await transmit(session, clip, index, options)
    await sleep(session.clock, REST_MS)
  }
  const sendMessage: CloudPet['sendMessage'] = async (clip, options) => {
    requireApproved(clip)
    await writeAndRest(session, command.stopLoop())
    await upload(clip, MESSAGE_INDEX, options)
    return { lit: await announce(session) }
  }
  return {
    upload: (clip, index, options) => hold('upload', () => upload(clip, index, options)),
    sendMessage: (clip, options) => hold('upload', () => sendMessage(clip, options)),
    download: (options = {}) => hold('download', () => fetchRecording(session, options)),
  }
}

/** The message is in the toy already: losing the link now must not make it look unsent. */
async function announce(session: Session): Promise<boolean> {
  try {
    await write(session, 'cmd', command.gameMode(false))
    await shine(session, { mode: 'blink', period: BLINK_MS })
    return true
  } catch (error) {
    if (error instanceof PawpostError) return false
    throw error
  }
}

type CommandVerbs = Pick<CloudPet, 'play' | 'stop' | 'loop' | 'stopLoop' | 'gameMode'>

function commands(session: Session, { take }: Turns): CommandVerbs {
  return {
    play: (slot) => take('play', () => writeAndRest(session, command.play(slot))),
    stop: () => take('stop', () => writeAndRest(session, command.stop())),
    loop: (times, ms) => take('loop', () => writeAndRest(session, command.loop(times, ms))),
    stopLoop: () => take('loop', () => writeAndRest(session, command.stopLoop())),
    gameMode: (on) => take('game', () => write(session, 'cmd', command.gameMode(on))),
  }
}

function settings(
  session: Session,
  { take }: Turns,
): Pick<CloudPet, 'light' | 'setVolume' | 'configure'> {
  return {
    light: (light) => take('light', () => shine(session, light)),
    setVolume: (level) =>
      take('volume', async () => {
        await write(session, 'volume', command.volume(level))
        session.level = level
      }),
    configure: (config) =>
      take('configure', async () => {
        await write(session, 'config', configBytes(config))
        session.config = config
      }),
  }
}
