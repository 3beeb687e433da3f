import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { publicLookup } from './public-address.ts'
import { allowedEndpoint, type PushHosts } from './push-hosts.ts'

/** A push, encrypted and signed, ready to be posted. */
export type ReadyPush = {
  readonly endpoint: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/**
 * What became of a push: the service took it; it knows the browser no more; it may be asked again,
 * after so long if it says so; or it will not take this one, ever.
 */
export type PushOutcome =
  | { readonly is: 'taken' | 'gone' | 'refused' }
  | { readonly is: 'later'; readonly afterMs?: number }

/** The one door through which anything is asked of push services. */
export interface PushDoor {
  /** The address as it is called; nothing for one that is not allowed. */
  allows(endpoint: string): URL | undefined
  /** Never throws. */
  post(push: ReadyPush): Promise<PushOutcome>
}

export type PushDoorParts = {
  readonly hosts: PushHosts
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** Longer waits than that are not believed. */
const LONGEST_WAIT_MS = 3_600_000

export function createPushDoor({ hosts, timeoutMs = TIMEOUT_MS }: PushDoorParts): PushDoor {
  return {
    allows: (endpoint) => allowedEndpoint(hosts, endpoint),
    async post(push) {
      const url = allowedEndpoint(hosts, push.endpoint)
      if (!url) return { is: 'gone' }
      return post(url, push, timeoutMs).catch((): PushOutcome => ({ is: 'later' }))
    },
  }
}

/** Redirects are not followed: they would lead past what was checked. Of an answer only its head counts. */
function post(url: URL, { headers, body }: ReadyPush, timeoutMs: number): Promise<PushOutcome> {
  const isSecure = url.protocol === 'https:'
  const options = {
    method: 'POST',
    headers: Object.fromEntries(headers),
    signal: AbortSignal.timeout(timeoutMs),
    agent: false,
    ...(isSecure && { lookup: publicLookup }),
  } as const
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      resolve(outcomeOf(response))
      response.destroy()
    }
    const sent = isSecure
      ? requestSecure(url, options, answered)
      : requestPlain(url, options, answered)
    sent.on('error', reject)
    sent.end(body)
  })
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): PushOutcome {
  if (statusCode >= 200 && statusCode < 300) return { is: 'taken' }
  if (statusCode === 404 || statusCode === 410) return { is: 'gone' }
  if (statusCode !== 429 && statusCode < 500) return { is: 'refused' }
  const seconds = Number(headers['retry-after'])
  if (!(seconds > 0)) return { is: 'later' }
  return { is: 'later', afterMs: Math.min(seconds * 1000, LONGEST_WAIT_MS) }
}
