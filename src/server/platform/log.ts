import { pino, stdSerializers, type Logger } from 'pino'

export type Log = Logger

/** Where log lines go: one JSON document a line. */
export interface LogSink {
  write(line: string): void
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/**
 * The log carries ids, never people: what is not named in a serializer is not written. Level
 * `error` means a bug or a broken machine, never something a caller did.
 */
export function createLog(level: LogLevel, sink: LogSink): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { ...stdSerializers, err: reduceError, error: reduceError },
    },
    sink,
  )
}

/** The path of a URL without its query, an invitation reduced to its kind. */
export function reducePath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  if (path.startsWith('/j/')) return '/j/…'
  return path.length > 200 ? `${path.slice(0, 200)}…` : path
}

/**
 * What may be said about an error. Messages are left out unless the engine wrote them itself:
 * those of databases, parsers and Node quote the value that displeased them.
 */
export function reduceError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { cause } = error
  return {
    type: error.name,
    ...(isEngineMessage(error) && { message: error.message }),
    ...reduceFields(error),
    stack: frames(error),
    ...(cause !== undefined && { cause: reduceError(cause) }),
  }
}

function isEngineMessage(error: Error): boolean {
  return !('code' in error) && (error instanceof TypeError || error instanceof ReferenceError)
}

/** Codes of ours, of the system and of PostgreSQL; names of its objects; never values. */
const FIELDS = ['code', 'reason', 'syscall', 'table', 'constraint', 'column', 'routine'] as const

function reduceFields(error: Error): Record<string, unknown> {
  const fields = error as Error & Partial<Record<(typeof FIELDS)[number], unknown>>
  return Object.fromEntries(
    FIELDS.filter((name) => typeof fields[name] === 'string').map((name) => [name, fields[name]]),
  )
}

function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? []
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
}
