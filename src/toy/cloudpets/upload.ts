import { concatBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { type ApprovedClip, clipBytes } from '../approval.ts'
import { sleep } from '../clock.ts'
import { endUpload, startUpload, type UploadIndex } from './commands.ts'
import { type Credit, isComplete, newCredit, type Packet, room, takePacket } from './credit.ts'
import { type Notice, read, type Session, until, watch, write } from './session.ts'
import { parseState, ToyState } from './states.ts'

/** Called after each packet with the clip's bytes sent so far and in all. */
export type Progress = (sent: number, total: number) => void
export type TransferOptions = {
  onProgress?: Progress | undefined
  signal?: AbortSignal | undefined
}

const HEADER_BYTES = 32
const FIRST_GRANT_MS = 5_000
const GRANT_MS = 10_000
const END_MS = 10_000
const SETTLE_MS = 1_000
/** The toy loses bytes when packets follow each other faster. */
const PACE_MS = 14
const ACKNOWLEDGE_EVERY = 128

type Upload = {
  readonly credit: Credit
  readonly options: TransferOptions
  /** The toy's end report: requests served, 0 for a failure. */
  served: number | undefined
  ended: boolean
}

/**
 * Transmits an approved clip to the toy (facts, section 7). Resolves only when everything was sent,
 * the toy has reported success and is idle again. Rejects with `not-approved` before a byte is
 * written, with `toy-failed`, `toy-refused` (state 15), `toy-timeout` or `toy-gone`, or with the
 * reason of `signal`; the link is then closed, so that the next attempt starts afresh.
 */
export async function transmit(
  session: Session,
  clip: ApprovedClip,
  index: UploadIndex,
  options: TransferOptions,
): Promise<void> {
  const bytes = clipBytes(clip)
  const start = startUpload(index)
  // A clip that is played while it arrives carries its header twice.
  const file = index === 0 ? concatBytes(bytes.subarray(0, HEADER_BYTES), bytes) : bytes
  const upload: Upload = { credit: newCredit(file), options, served: undefined, ended: false }
  options.signal?.throwIfAborted()
  const unwatch = watch(session, (notice) => account(upload, notice))
  try {
    await write(session, 'cmd', start)
    await sendAll(session, upload)
    await finish(session, upload)
  } catch (error) {
    await session.link.close()
    throw error
  } finally {
    unwatch()
  }
}

function account(upload: Upload, notice: Notice): void {
  if (notice.from !== 'dataReq') return
  if (notice.request.requested > 0) upload.credit.granted += notice.request.requested
  else upload.served = notice.request.served
}

async function sendAll(session: Session, upload: Upload): Promise<void> {
  const { credit, options } = upload
  const { clock } = session
  let earliest = 0
  for (let count = 1; !isComplete(credit); count += 1) {
    const early = earliest - clock.now()
    if (early > 0) await sleep(clock, early)
    options.signal?.throwIfAborted()
    const packet = await nextPacket(session, upload, count)
    earliest = clock.now() + PACE_MS
    const acknowledged = count === 1 || count % ACKNOWLEDGE_EVERY === 0 || packet.last
    const mode = acknowledged ? 'with-response' : 'without-response'
    await write(session, 'audioSend', packet.bytes, mode)
    options.onProgress?.(Math.min(credit.sent, credit.clip.length), credit.clip.length)
  }
}

/** Waits for credit only when there is none: a clip is thousands of packets. */
function nextPacket(session: Session, upload: Upload, count: number): Promise<Packet> | Packet {
  refuseFailure(session, upload)
  return takePacket(upload.credit) ?? grantedPacket(session, upload, count)
}

async function grantedPacket(session: Session, upload: Upload, count: number): Promise<Packet> {
  await until(session, () => refuseFailure(session, upload) && room(upload.credit) > 0, {
    ms: count === 1 ? FIRST_GRANT_MS : GRANT_MS,
    reason: count === 1 ? 'no-first-grant' : 'no-grant',
    signal: upload.options.signal,
  })
  const packet = takePacket(upload.credit)
  if (packet === undefined) throw new PawpostError('internal', 'no-credit')
  return packet
}

/** True, or the error that the toy's report means: an end before our `01` is a failure. */
function refuseFailure(session: Session, upload: Upload): true {
  if (session.state === ToyState.locked) throw new PawpostError('toy-refused', 'key-check')
  const early = upload.served !== undefined && !upload.ended
  if (early || upload.served === 0) throw new PawpostError('toy-failed', 'upload-failed')
  return true
}

async function finish(session: Session, upload: Upload): Promise<void> {
  refuseFailure(session, upload)
  upload.ended = true
  await write(session, 'cmd', endUpload())
  await until(session, () => refuseFailure(session, upload) && upload.served !== undefined, {
    ms: END_MS,
    reason: 'no-end-report',
  })
  await settle(session)
}

/** Waits for the idle state; asks for it when its notification does not come. */
async function settle(session: Session): Promise<void> {
  const idle = (): boolean => session.state === ToyState.idle
  try {
    await until(session, idle, { ms: SETTLE_MS, reason: 'not-idle' })
  } catch (error) {
    if (session.gone.signal.aborted) throw error
    session.state = parseState(await read(session, 'state'))
    if (!idle()) throw error
  }
}
