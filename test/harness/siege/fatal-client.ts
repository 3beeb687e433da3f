import { writeSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Moment } from './moment.ts'
import { routeNamed } from './route-name.ts'

// Loaded before `pawpost client …`: kills the process, by SIGKILL, right before or right after its
// n-th effect on the world - a transaction of its store, a request, its answer. Between two effects
// nothing changes that would outlive the process. With PAWPOST_SIEGE_PLANT=late the store says that
// it has written, and writes when it is closed: the control.

const { at = 0, when = 'after' } = JSON.parse(
  process.env['PAWPOST_SIEGE'] ?? '{}',
) as Partial<Moment>
const isLate = process.env['PAWPOST_SIEGE_PLANT'] === 'late'
const REPORT = 3
let effects = 0

function arrive(moment: Moment['when'], name: string): void {
  if (moment === 'before') effects += 1
  if (effects !== at || moment !== when) return
  writeSync(REPORT, `${moment} ${name}\n`)
  process.kill(process.pid, 'SIGKILL')
}

type Exec = (sql: string) => void
type Run = (key: string, ...values: readonly unknown[]) => unknown

const database = DatabaseSync.prototype as { exec: Exec; close: () => void; isTransaction: boolean }
const statement = StatementSync.prototype as unknown as { run: Run }
const exec: Exec = database.exec
const close = database.close
const run: Run = statement.run
/** What the transaction is about: its first key, up to the first stroke. */
let about = ''

statement.run = function (key, ...values) {
  if (about === '') about = key.split('/', 1)[0] ?? ''
  return run.call(this, key, ...values)
}

database.exec = function (sql) {
  if (isLate && ((sql.startsWith('BEGIN') && this.isTransaction) || sql === 'COMMIT')) return
  if (sql.startsWith('BEGIN')) about = ''
  if (sql !== 'COMMIT') return exec.call(this, sql)
  const name = `write ${about || 'the lock'}`
  arrive('before', name)
  exec.call(this, sql)
  arrive('after', name)
}

database.close = function () {
  if (this.isTransaction) exec.call(this, 'COMMIT')
  close.call(this)
}

const reach = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const name = routeNamed(init?.method ?? 'GET', input as string)
  arrive('before', name)
  const response = await reach(input, init)
  arrive('after', name)
  return response
}

const say = console.log
console.log = (...words) => {
  arrive('before', 'the answer')
  say(...words)
  arrive('after', 'the answer')
}

process.on('exit', () => writeSync(REPORT, `steps ${effects}\n`))
