import {
  createDecipheriv,
  createECDH,
  hkdfSync,
  randomBytes,
  verify,
  createPublicKey,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushSubscriptionGiven } from '../../src/protocol/api/notices.ts'
import { answerWebSocket } from './autopush.ts'

/** A push as the service got it. */
export type PostedPush = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A push service on this machine: for receivers of ours, and for a Firefox that is told of it. */
export type PushService = AsyncDisposable & {
  readonly origin: string
  readonly port: number
  /** Everything that was posted, oldest first. */
  readonly pushes: readonly PostedPush[]
  /** What is answered from now on instead of 201. */
  answerWith(status: number | undefined, headers?: Record<string, string>): void
}

/** Starts one. What is posted for a browser that is connected reaches it. */
export async function startPushService(): Promise<PushService> {
  const pushes: PostedPush[] = []
  let answer: { status: number; headers: Record<string, string> } | undefined
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const push = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      }
      pushes.push(push)
      const delivered = answer === undefined
      if (delivered) browsers.deliver(push)
      response.writeHead(answer?.status ?? 201, answer?.headers).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const browsers = answerWebSocket(server, origin)
  return {
    origin,
    port,
    pushes,
    answerWith(status, headers = {}) {
      answer = status === undefined ? undefined : { status, headers }
    },
    async [Symbol.asyncDispose]() {
      browsers.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A browser without a browser: subscribes, and opens what it is sent by itself. */
export type Receiver = {
  readonly given: PushSubscriptionGiven
  readonly path: string
  /** What was pushed to it, opened; throws where it does not open. */
  opened(service: Pick<PushService, 'pushes'>): Buffer[]
}

export function newReceiver({ origin }: Pick<PushService, 'origin'>): Receiver {
  const curve = createECDH('prime256v1')
  const publicKey = curve.generateKeys()
  const auth = randomBytes(16)
  const path = `/push/${randomBytes(24).toString('base64url')}`
  const open = ({ body }: PostedPush): Buffer =>
    openPush(body, { publicKey, auth, shared: (key) => curve.computeSecret(key) })
  return {
    given: {
      endpoint: `${origin}${path}`,
      p256dh: publicKey.toString('base64url'),
      auth: auth.toString('base64url'),
    },
    path,
    opened: ({ pushes }) => pushes.filter((push) => push.path === path).map(open),
  }
}

type Opener = {
  readonly publicKey: Buffer
  readonly auth: Buffer
  readonly shared: (senderKey: Buffer) => Buffer
}

/** RFC 8291, from the text: the header of RFC 8188, two HKDFs, one record, its padding off. */
function openPush(body: Buffer, { publicKey, auth, shared }: Opener): Buffer {
  const salt = body.subarray(0, 16)
  const keyLength = body.readUInt8(20)
  const sender = body.subarray(21, 21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
  const ikm = Buffer.from(hkdfSync('sha256', shared(sender), auth, info, 32))
  const derive = (name: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${name}\0`, length))
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  const record = body.subarray(21 + keyLength)
  cipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('padding')
  return padded.subarray(0, end)
}

/** Whether a push is signed by the server of a key (RFC 8292), and what it says about itself. */
export function claimsOf({ headers }: PostedPush, key: string): Record<string, unknown> {
  const found = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '')
  const [, token = '', signer] = found ?? []
  if (signer !== key) throw new Error('another signer')
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const how = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, how, Buffer.from(signature, 'base64url'))) throw new Error('forged')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
}
