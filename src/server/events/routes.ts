import { events } from '../../protocol/api/messages.ts'
import type { Registry } from '../households/households.ts'
import type { App } from '../platform/http/app.ts'
import { serve } from '../platform/http/serve.ts'
import { watch } from './events.ts'
import type { Hub } from './hub.ts'
import { createSeats } from './seats.ts'

export function serveEvents(app: App, registry: Registry, hub: Hub): void {
  const seats = createSeats()
  serve(app, events, async ({ params, caller, signer }) => {
    seats.demandFree()
    const watcher = { household: params.household, device: signer.id }
    return async (stream) => {
      using seat = seats.take({ account: caller.account, device: signer.id })
      const signal = AbortSignal.any([stream.signal, seat.signal])
      try {
        await watch({ registry, hub }, watcher, { ...stream, signal })
      } catch (error) {
        // The client comes back, and is told everything anew.
        app.log.warn({ err: error }, 'a stream of events was cut off')
      }
    }
  })
}
