import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Going, Order } from './worker.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
/** Orders that one process carries out: every generation of modules stays in its memory. */
const ORDERS_PER_PROCESS = 40

/** What came of an order: an answer; or the process died over it, or did not come to an end. */
export type Outcome = Answer | { readonly kind: 'crashed' } | { readonly kind: 'timed-out' }

/** Processes that carry out orders, each one at a time; `timeoutMs` is for each step of it. */
export type Pool = Disposable & {
  run(order: Order, timeoutMs: number): Promise<Outcome>
}

type Seat = { child: ChildProcess | undefined; orders: number }

/** A pool of so many processes. `using` ends them. */
export function createPool(size: number): Pool {
  const free: Seat[] = Array.from({ length: size }, () => ({ child: undefined, orders: 0 }))
  const seats = [...free]
  const waiting: ((seat: Seat) => void)[] = []
  const leave = (seat: Seat): void => {
    const next = waiting.shift()
    if (next) next(seat)
    else free.push(seat)
  }
  return {
    async run(order, timeoutMs) {
      const seat = free.pop() ?? (await new Promise<Seat>((resolve) => waiting.push(resolve)))
      try {
        return await carryOut(seat, order, timeoutMs)
      } finally {
        leave(seat)
      }
    },
    [Symbol.dispose]: endWithUs(() => seats.forEach(dismiss)),
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `end` also when this process is told to stop: a process in an endless loop, which a mutant
 * may be, does not notice that its channel is gone. Gives what to call otherwise.
 */
function endWithUs(end: () => void): () => void {
  const stop = (): never => process.exit(1)
  process.once('exit', end)
  for (const signal of SIGNALS) process.once(signal, stop)
  return () => {
    process.off('exit', end)
    for (const signal of SIGNALS) process.off(signal, stop)
    end()
  }
}

function carryOut(seat: Seat, order: Order, timeoutMs: number): Promise<Outcome> {
  if (seat.orders >= ORDERS_PER_PROCESS) dismiss(seat)
  seat.child ??= hire()
  seat.orders += 1
  const { child } = seat
  return new Promise((resolve) => {
    const end = (outcome: Outcome): void => {
      clearTimeout(timer)
      child.removeAllListeners()
      if (outcome.kind === 'crashed' || outcome.kind === 'timed-out') dismiss(seat)
      resolve(outcome)
    }
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs)
    child.on('message', (said: Answer | Going) => {
      if (said.kind === 'going') timer.refresh()
      else end(said)
    })
    child.once('exit', () => end({ kind: 'crashed' }))
    child.once('error', () => end({ kind: 'crashed' }))
    child.send(order)
  })
}

function hire(): ChildProcess {
  const execArgv = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=1500']
  // What a mutant or a test prints is nobody's business.
  return fork(WORKER, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

function dismiss(seat: Seat): void {
  seat.child?.kill('SIGKILL')
  seat.child = undefined
  seat.orders = 0
}
