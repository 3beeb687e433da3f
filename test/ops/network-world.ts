import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Target } from './network-party.ts'

/**
 * A network of hosts inside this machine: each a process in a network namespace of its own, all on
 * one switch in another. The namespaces have no names and are held by nothing but their processes,
 * which end when their standard input does: even if this process is killed, nothing is left.
 */

export type Family = 4 | 6

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** One host, with an address of each family. */
export type Host = {
  readonly name: string
  readonly address: Readonly<Record<Family, string>>
  /** Which of these answer when this host calls them. */
  reach(targets: readonly Target[]): Promise<readonly boolean[]>
  /** Runs a system program in this host's network. */
  run(program: string, args: readonly string[], input?: string): Promise<Ran>
  /** Runs nft commands; they have to succeed. Gives what it printed. */
  nft(commands: string): Promise<string>
}

export type World = AsyncDisposable & { readonly hosts: ReadonlyMap<string, Host> }

type Process = {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly lines: AsyncIterator<string>
}

const PARTY = join(import.meta.dirname, 'network-party.ts')
const IP = '/usr/sbin/ip'
const NFT = '/usr/sbin/nft'
const FIRST_HOST = 10

const isRoot = process.getuid?.() === 0
/** Who is not root becomes so inside a user namespace, and nowhere else. */
const UNSHARE: readonly string[] = isRoot
  ? ['unshare', '--net']
  : ['unshare', '--user', '--map-root-user', '--net']

/** Why this machine's kernel makes no namespaces for us, in its own words; undefined if it does. */
export async function whyNoNamespaces(): Promise<string | undefined> {
  const made = await run([...UNSHARE, IP, 'link', 'add', 'br0', 'type', 'bridge'])
  if (made.code === 0) return undefined
  return `this machine makes no network namespaces: ${made.stderr.trim()}`
}

/** Starts one host per name; each answers on all of these ports. */
export async function openWorld(
  names: readonly string[],
  ports: readonly string[],
): Promise<World> {
  const wire = start([...UNSHARE, 'sh', '-c', 'echo ready; exec cat'])
  const processes: Process[] = [wire]
  const close = async (): Promise<void> => void (await Promise.all(processes.map(ended)))
  try {
    await lineOf(wire)
    await configure(wire, 'link add br0 type bridge\nlink set br0 up')
    const parties = names.map((name) => ({ name, process: startParty(wire, ports) }))
    processes.push(...parties.map((party) => party.process))
    const hosts = new Map<string, Host>()
    for (const [at, party] of parties.entries()) {
      assert.equal(await lineOf(party.process), 'ready', party.name)
      hosts.set(party.name, await plugIn(wire, party, at + FIRST_HOST))
    }
    return { hosts, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function startParty(wire: Process, ports: readonly string[]): Process {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', PARTY, ...ports]
  return start([...inUserOf(wire), 'unshare', '--net', ...node])
}

/** A cable from the switch to the host, and addresses at its end. */
async function plugIn(
  wire: Process,
  { name, process: party }: { readonly name: string; readonly process: Process },
  number: number,
): Promise<Host> {
  const address = { 4: `192.0.2.${number}`, 6: `2001:db8::${number}` } as const
  const port = `port${number}`
  await configure(
    wire,
    `link add ${port} type veth peer name eth0 netns ${party.child.pid}\nlink set ${port} master br0 up`,
  )
  await configure(
    party,
    [
      'link set lo up',
      `addr add ${address[4]}/24 dev eth0`,
      `addr add ${address[6]}/64 dev eth0 nodad`,
      'link set eth0 up',
    ].join('\n'),
  )
  const runHere: Host['run'] = (program, args, input) =>
    run([...inside(party), program, ...args], input)
  return {
    name,
    address,
    run: runHere,
    reach: (targets) => reach(party, targets),
    nft: async (commands) => succeeded(await runHere(NFT, ['-f', '-'], commands)),
  }
}

async function reach(party: Process, targets: readonly Target[]): Promise<readonly boolean[]> {
  const answer = lineOf(party)
  party.child.stdin.write(`${JSON.stringify(targets)}\n`)
  return JSON.parse(await answer) as readonly boolean[]
}

async function configure(host: Process, batch: string): Promise<void> {
  succeeded(await run([...inside(host), IP, '-batch', '-'], `${batch}\n`))
}

function inUserOf(host: Process): readonly string[] {
  if (isRoot) return []
  return ['nsenter', '--target', `${host.child.pid}`, '--user', '--preserve-credentials']
}

function inside(host: Process): readonly string[] {
  const user = isRoot ? [] : ['--user', '--preserve-credentials']
  return ['nsenter', '--target', `${host.child.pid}`, ...user, '--net']
}

function start([program = '', ...args]: readonly string[]): Process {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => undefined)
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function run([program = '', ...args]: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, stdout, stderr }
}

function succeeded({ code, stdout, stderr }: Ran): string {
  assert.equal(code, 0, stderr)
  return stdout
}

/** The next line that a process prints. */
async function lineOf({ lines }: Process): Promise<string> {
  const { done, value } = await lines.next()
  assert.ok(done !== true, 'the process ended')
  return value
}

async function ended({ child }: Process): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.stdin.end()
  await exit
}
