import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { PostedPush } from './push-service.ts'

/** Browsers that are connected to a push service. */
export type Browsers = {
  /** Hands a push to the browser that it is for, if it is here. */
  deliver(push: PostedPush): void
  close(): void
}

type Message = {
  readonly messageType?: string
  readonly channelID?: string
  readonly uaid?: string
}

/**
 * Speaks Mozilla's push protocol to every Firefox that connects: hello, register, unregister, and
 * notifications, which the browser acknowledges.
 */
export function answerWebSocket(server: Server, origin: string): Browsers {
  /** By the path that pushes are posted to. */
  const channels = new Map<string, { readonly channelID: string; readonly socket: Duplex }>()
  const sockets = new Set<Duplex>()

  function answer(socket: Duplex, message: Message): object | undefined {
    const { messageType, channelID = '', uaid } = message
    if (messageType === 'hello') {
      return {
        messageType,
        status: 200,
        uaid: uaid || randomUUID().replaceAll('-', ''),
        use_webpush: true,
        broadcasts: {},
      }
    }
    if (messageType === 'register') {
      const path = `/push/${randomBytes(24).toString('base64url')}`
      channels.set(path, { channelID, socket })
      return { messageType, channelID, status: 200, pushEndpoint: origin + path }
    }
    return messageType === 'unregister' ? { messageType, channelID, status: 200 } : undefined
  }

  server.on('upgrade', (request, socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.write(handshake(request.headers['sec-websocket-key'] ?? ''))
    let rest: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      const { texts, left } = framesIn(Buffer.concat([rest, chunk]))
      rest = left
      for (const text of texts) {
        const said = answer(socket, JSON.parse(text) as Message)
        if (said) socket.write(frameOf(JSON.stringify(said)))
      }
    })
  })
  return {
    deliver({ path, body, headers }) {
      const channel = channels.get(path)
      channel?.socket.write(
        frameOf(
          JSON.stringify({
            messageType: 'notification',
            channelID: channel.channelID,
            version: randomUUID(),
            data: body.toString('base64url'),
            headers: { encoding: headers['content-encoding'] },
          }),
        ),
      )
    },
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** RFC 6455, 4.2.2; the subprotocol is the one that Firefox asks for. */
function handshake(key: string): string {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept.digest('base64')}`,
    'Sec-WebSocket-Protocol: push-notification',
    '\r\n',
  ].join('\r\n')
}

/** The texts of the whole frames in some bytes, and what is left of the next one. */
function framesIn(bytes: Buffer): { texts: string[]; left: Buffer } {
  const texts: string[] = []
  let at = 0
  for (;;) {
    const frame = frameAt(bytes, at)
    if (!frame) return { texts, left: bytes.subarray(at) }
    if (frame.opcode === 1) texts.push(frame.payload.toString())
    at = frame.end
  }
}

type Frame = { readonly opcode: number; readonly payload: Buffer; readonly end: number }

/** A masked frame of a client, of at most 64 KiB; undefined until all of it is there. */
function frameAt(bytes: Buffer, at: number): Frame | undefined {
  if (bytes.length < at + 2) return undefined
  const short = bytes.readUInt8(at + 1) & 0x7f
  const from = at + (short === 126 ? 4 : 2)
  if (bytes.length < from + 4) return undefined
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : short
  const [start, end] = [from + 4, from + 4 + length]
  if (bytes.length < end) return undefined
  const mask = bytes.subarray(from, start)
  const payload = bytes.subarray(start, end).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return { opcode: bytes.readUInt8(at) & 0x0f, payload: Buffer.from(payload), end }
}

function frameOf(text: string): Buffer {
  const payload = Buffer.from(text)
  const isShort = payload.length < 126
  const head = Buffer.alloc(isShort ? 2 : 4)
  head.writeUInt8(0x81, 0)
  head.writeUInt8(isShort ? payload.length : 126, 1)
  if (!isShort) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
