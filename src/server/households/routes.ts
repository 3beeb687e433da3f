import * as api from '../../protocol/api/households.ts'
import { decodeBase64, encodeBase64 } from '../platform/base64.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import { createLimiter } from '../platform/limiter.ts'
import {
  appendLink,
  createHousehold,
  findByCard,
  readLog,
  readWraps,
  type Posted,
  type Registry,
} from './households.ts'
import { lacksWraps, resubmitLinks } from './resubmission.ts'

/** Bytes of JSON around a link and the largest number of wraps. */
const POSTED_BYTES = Math.ceil(((api.LINK_BYTES + 256 * api.WRAP_BYTES) * 4) / 3) + 4096
/** Per account: more households than any family starts. */
const FOUNDING = { burst: 30, everyMs: 60_000 }
/** Per device: links last forever. */
const APPENDING = { burst: 200, everyMs: 5000 }
/** Per drop-box: its whole log a few times a minute. */
const BOX_READING = { burst: 60, everyMs: 5000 }
/** Per account: the longest log there and back a few times. */
const RESUBMITTING = { burst: 60, everyMs: 10_000 }

export function serveHouseholds(app: App, registry: Registry): void {
  const founding = createLimiter(FOUNDING, registry.clock)
  const appending = createLimiter(APPENDING, registry.clock)
  const boxReading = createLimiter(BOX_READING, registry.clock)
  const bodyLimit = POSTED_BYTES

  serveResubmission(app, registry)
  serve(
    app,
    api.createHousehold,
    async ({ caller, body }) => {
      founding.charge(caller.account)
      return { household: await createHousehold(registry, readPosted(body)) }
    },
    { bodyLimit },
  )
  serve(
    app,
    api.appendLink,
    async ({ params, signer, body }) => {
      appending.charge(signer.id)
      const at = { household: params.household, signer: signer.id }
      return { length: await appendLink(registry, at, readPosted(body)) }
    },
    { bodyLimit },
  )
  serve(app, api.readLog, async ({ params, query, signer }) => {
    if (signer.as === 'box') boxReading.charge(signer.id)
    const at = { household: params.household, signer }
    const { links, length } = await readLog(registry, at, query.from)
    const lacking = signer.as === 'device' && (await lacksWraps(registry, params.household))
    return { links: links.map(encodeBase64), length, ...(lacking && { incomplete: true as const }) }
  })
  serve(app, api.findByCard, async ({ params }) => ({
    household: await findByCard(registry, params.card),
  }))
  serve(app, api.readWraps, async ({ params, signer }) => {
    const wraps = await readWraps(registry, params.household, signer.id)
    return {
      wraps: wraps.map(({ principal, epoch, wrap }) => ({
        of: principal,
        epoch,
        wrap: encodeBase64(wrap),
      })),
    }
  })
}

function serveResubmission(app: App, registry: Registry): void {
  const resubmitting = createLimiter(RESUBMITTING, registry.clock)
  serve(
    app,
    api.resubmitLinks,
    async ({ caller, params, body }) => {
      resubmitting.charge(caller.account)
      const [links, wraps] = [body.links.map(decodeBase64), body.wraps.map(decodeBase64)]
      return resubmitLinks(registry, params.household, { from: body.from, links, wraps })
    },
    { bodyLimit: POSTED_BYTES },
  )
}

function readPosted({ link, wraps }: { link: string; wraps: string[] }): Posted {
  return { link: decodeBase64(link), wraps: wraps.map(decodeBase64) }
}
