import { parseArgs } from 'node:util'
import { serveBluez } from '../toy/virtual/bluez/bluez.ts'
import { serveSocket } from '../toy/virtual/socket-server.ts'
import { createVirtualToy, type VirtualToy } from '../toy/virtual/virtual-toy.ts'
import { dumpTo } from './toy-dump.ts'
import { drawToy } from './toy-view.ts'
import { UsageError } from '../protocol/usage.ts'

const USAGE = 'pawpost toy virtual [--socket PATH] [--dbus] [--dump DIR]'

type Options = { socket: string | undefined; dbus: boolean; dump: string | undefined }

/**
 * `pawpost toy virtual`: an original CloudPets toy without the plush, until `signal` is aborted or q
 * is pressed. Its first line is `socket PATH`, the second, with --dbus, `dbus ADDRESS`. On a terminal
 * it draws the toy and its keys are the paws. Throws {@link UsageError}.
 */
export async function toyVirtual(args: string[], signal: AbortSignal): Promise<void> {
  const options = parse(args)
  const toy = createVirtualToy()
  const quit = new AbortController()
  await using stack = new AsyncDisposableStack()
  stack.defer(() => toy.close())
  const socket = stack.use(await serveSocket(toy, options.socket))
  console.log(`socket ${socket.path}`)
  if (options.dbus) console.log(`dbus ${stack.use(await serveBluez(toy)).address}`)
  const failed = options.dump === undefined ? undefined : keepDump(toy, options.dump)
  if (process.stdout.isTTY) keepDrawing(toy)
  if (process.stdin.isTTY) stack.defer(listenToKeys(toy, quit))
  const ended = aborted(AbortSignal.any([signal, quit.signal]))
  await (failed === undefined ? ended : Promise.race([ended, failed]))
}

function parse(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        socket: { type: 'string' },
        dbus: { type: 'boolean', default: false },
        dump: { type: 'string' },
      },
    })
    return { socket: values.socket, dbus: values.dbus, dump: values.dump }
  } catch (error) {
    throw new UsageError(USAGE, { cause: error })
  }
}

/** Rejects when the folder cannot be written. */
function keepDump(toy: VirtualToy, folder: string): Promise<never> {
  const dump = dumpTo(folder, toy)
  return new Promise((_, reject) => {
    const update = (): void => void dump.update().catch(reject)
    toy.onChange(update)
    update()
  })
}

/** Draws the toy now and over itself whenever something changes. */
function keepDrawing(toy: VirtualToy): void {
  let drawn: string[] = []
  const draw = (): void => {
    const lines = drawToy(toy.view())
    if (lines.join() === drawn.join()) return
    const back = drawn.length === 0 ? '' : `\u001b[${drawn.length}A\u001b[J`
    process.stdout.write(`${back}${lines.join('\n')}\n`)
    drawn = lines
  }
  toy.onChange(draw)
  draw()
}

function listenToKeys(toy: VirtualToy, quit: AbortController): () => void {
  const onKey = (key: Buffer): void => {
    const letter = key.toString()
    if (letter === 'p') toy.press('play')
    else if (letter === 'r') toy.press('record')
    else if (letter === 'q' || letter === '\u0003') quit.abort()
  }
  process.stdin.setRawMode(true)
  process.stdin.on('data', onKey)
  return () => {
    process.stdin.off('data', onKey)
    process.stdin.setRawMode(false)
    process.stdin.pause()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
