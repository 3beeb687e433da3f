import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * One host of a made-up network: it answers on the ports that its arguments name, and tries what
 * it is told to. One JSON list of targets per line comes in, one list of answers per line goes out.
 * It ends with its standard input, and its network namespace ends with it.
 */

export type Target = { readonly address: string; readonly port: string }

/** Longer than the second after which a lost first packet is sent again. */
const PATIENCE_MS = 2500
const REPEAT_MS = 500

async function answerOn(port: string): Promise<void> {
  const number = Number(port.slice(4))
  if (port.startsWith('tcp')) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.resume()
    })
    await once(server.listen({ port: number, host: '::', backlog: 4096 }), 'listening')
    return
  }
  for (const type of ['udp4', 'udp6'] as const) {
    const socket = createSocket({ type, ipv6Only: type === 'udp6' })
    socket.on('error', () => undefined)
    socket.on('message', (data, from) => socket.send(data, from.port, from.address))
    await once(socket.bind(number), 'listening')
  }
}

function isReached({ address, port }: Target): Promise<boolean> {
  const number = Number(port.slice(4))
  return port.startsWith('tcp') ? isConnected(address, number) : isAnswered(address, number)
}

function isConnected(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const timer = setTimeout(() => end(false), PATIENCE_MS)
    const end = (reached: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(reached)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}

function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    const ask = (): void => socket.send('?', port, host)
    const asking = setInterval(ask, REPEAT_MS)
    const timer = setTimeout(() => end(false), PATIENCE_MS)
    const end = (reached: boolean): void => {
      clearTimeout(timer)
      clearInterval(asking)
      socket.close()
      resolve(reached)
    }
    socket.on('message', () => end(true))
    // A refusal is no answer; neither is one that comes late.
    socket.on('error', () => undefined)
    ask()
  })
}

for (const port of process.argv.slice(2)) await answerOn(port)
console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const targets = JSON.parse(line) as readonly Target[]
  console.log(JSON.stringify(await Promise.all(targets.map(isReached))))
}
process.exitCode = 0
process.kill(process.pid, 'SIGTERM')
