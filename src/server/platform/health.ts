import type { App } from './http/app.ts'

/** For whoever watches the machine: /healthz says that we run, /readyz that we can serve. */
export function serveHealth(app: App, isReady: () => Promise<boolean>): void {
  app.http.get('/healthz', async () => ({ status: 'running' }))
  app.http.get('/readyz', async (_request, reply) => {
    const ready = await isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
}
