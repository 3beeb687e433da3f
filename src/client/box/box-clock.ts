/** Clocks of old phones are off by minutes, sometimes hours: more than that, and nothing is assumed. */
const MOST_OFF_MS = 24 * 60 * 60 * 1000

type Fetch = (input: string, init: RequestInit) => Promise<Response>

/**
 * The time as the server's answers say, for a phone on which nobody will set the clock. Who signs
 * with it is told nothing new: the server chooses whether to believe a time anyway.
 */
export function boxClock(
  fetch: Fetch,
  clock: () => number = Date.now,
): { readonly now: () => number; readonly fetch: Fetch } {
  let off = 0
  return {
    now: () => clock() + off,
    async fetch(input, init) {
      const response = await fetch(input, init)
      const told = Date.parse(response.headers.get('date') ?? '') - clock()
      if (Math.abs(told) <= MOST_OFF_MS) off = Math.abs(told) > 2000 ? told : 0
      return response
    },
  }
}
