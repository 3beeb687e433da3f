import { setTimeout as sleep } from 'node:timers/promises'

/** Wraps handlers so that the time of an answer says nothing about what was done for it. */
export type Deadline = <Call, Answer>(
  handler: (call: Call) => Promise<Answer>,
) => (call: Call) => Promise<Answer>

/**
 * Answers, and refusals, leave `ms` after their request arrived; what takes longer leaves at the
 * next multiple. Zero lets everything leave when it is ready.
 */
export function createDeadline(ms: number): Deadline {
  return (handler) => async (call) => {
    const arrived = performance.now()
    try {
      return await handler(call)
    } finally {
      if (ms > 0) await waitUntil(arrived + roundUp(performance.now() - arrived, ms))
    }
  }
}

function roundUp(elapsed: number, ms: number): number {
  return Math.max(1, Math.ceil(elapsed / ms)) * ms
}

/** Timers may ring a little early. */
async function waitUntil(moment: number): Promise<void> {
  for (let left = moment - performance.now(); left > 0; left = moment - performance.now()) {
    await sleep(Math.ceil(left))
  }
}
