import { writeSync } from 'node:fs'
import { Client } from 'pg'
import type { Moment, Order } from './moment.ts'

// Loaded before `pawpost serve`: kills the server, its PostgreSQL or both, by SIGKILL, right before
// or right after the n-th statement since it was told to. It answers an order with the number of
// statements it counted since the last one.

const REPORT = 3
let order: Order = {}
let statements = 0

process.on('message', (next: Order) => {
  process.send?.(statements)
  order = next
  statements = 0
})
process.channel?.unref()

function arrive(when: Moment['when'], name: string): void {
  if (when === 'before') statements += 1
  const { moment, server = false, postmaster } = order
  if (moment?.at !== statements || moment.when !== when) return
  order = {}
  writeSync(REPORT, `${when} ${name}\n`)
  if (postmaster !== undefined) process.kill(postmaster, 'SIGKILL')
  if (server) process.kill(process.pid, 'SIGKILL')
}

/** Statements that no request asks for. */
const HOUSEKEEPING = /^(LISTEN|SELECT)$/

/** A named statement's name; of others the verb, and the table. */
function nameOf(statement: unknown): string {
  const { name, text = '' } = Object(statement) as { name?: string; text?: string }
  if (name !== undefined) return name
  const words = typeof statement === 'string' ? statement : text
  const table = /(?:from|into|update) "(\w+)"/.exec(words)?.[1]
  return [/^\w+/.exec(words)?.[0] ?? 'statement', ...(table === undefined ? [] : [table])].join(' ')
}

type Query = (statement: unknown, ...rest: readonly unknown[]) => unknown

const prototype = Client.prototype as unknown as { query: Query }
const { query } = prototype
prototype.query = function (statement, ...rest) {
  const name = nameOf(statement)
  if (HOUSEKEEPING.test(name)) return query.call(this, statement, ...rest)
  arrive('before', name)
  const result = query.call(this, statement, ...rest)
  if (!(result instanceof Promise)) return result
  return result.then((rows: unknown) => {
    arrive('after', name)
    return rows
  })
}
