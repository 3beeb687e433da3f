import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROUTES } from '../protocol/api/routes.ts'
import type { AccountId } from '../protocol/ids.ts'
import { createAccounts, type FactorCounts, noteLanguage } from './accounts/accounts.ts'
import { newBrowserMail } from './accounts/mails.ts'
import { createNotices, type Tell } from './accounts/notices.ts'
import { sealOldAccounts } from './accounts/old-accounts.ts'
import { forgetLeavers } from './accounts/owning.ts'
import { standsAlone } from './accounts/password-store.ts'
import { serveAccounts } from './accounts/routes.ts'
import { createBreaches } from './breaches/breaches.ts'
import { serveBreaches } from './breaches/door.ts'
import { watchBreaches } from './breaches/telling.ts'
import { createCallers } from './callers/callers.ts'
import { createHub, type Hub } from './events/hub.ts'
import { serveEvents } from './events/routes.ts'
import {
  countFactors,
  createFactors,
  type FactorParts,
  type Factors,
  requireAdded,
  requireProof,
} from './factors/factors.ts'
import { factorMail } from './factors/mails.ts'
import { serveFactors } from './factors/routes.ts'
import { forgetEnded } from './households/deleting.ts'
import { serveDeletions } from './households/deletion-routes.ts'
import { createRegistry, destroyAllClosed } from './households/households.ts'
import { sealOldWraps } from './households/old-wraps.ts'
import { serveHouseholds } from './households/routes.ts'
import { serveJoining } from './joining/routes.ts'
import { serveMailbox } from './mailbox/routes.ts'
import { noteChange, noteNews, noteVisit, type Notices, watchNotices } from './notices/notices.ts'
import { serveNotices } from './notices/routes.ts'
import { forgetOldPairings } from './pairing/pairing.ts'
import { servePairing } from './pairing/routes.ts'
import { createPasswordRules, type PasswordRules } from './passwords/passwords.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { openDatabase } from './platform/database.ts'
import { ensureDataFolder } from './platform/data-folder.ts'
import { serveHealth } from './platform/health.ts'
import { type App, createApp } from './platform/http/app.ts'
import { createDeadline } from './platform/http/deadline.ts'
import { listenOn } from './platform/http/listening.ts'
import { describeApi } from './platform/http/openapi.ts'
import { type Origins, ownOrigins } from './platform/http/origin.ts'
import { serveApp } from './platform/http/static.ts'
import { listen } from './platform/listener.ts'
import { lockFolder } from './platform/lock.ts'
import { createLog, type Log, type LogSink } from './platform/log.ts'
import { createOutbox, type Mailer, type Outbox } from './platform/mail.ts'
import { migrate } from './platform/migrations.ts'
import { type Login, startPostgres } from './platform/postgres/postgres.ts'
import { createPushDoor } from './platform/push.ts'
import { secretKey } from './platform/secrets.ts'
import { watchRotation } from './rotation/rotation.ts'
import { serveSessions } from './sessions/routes.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import type { Database, Tables } from './tables.ts'
import { chooseVault } from './vault/process/choose.ts'
import type { Vault } from './vault/vault.ts'
import { serveWrappedCards } from './wrapped-cards/routes.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type ServerOptions = {
  readonly clock?: Clock
  /** Where log lines go; standard error if not given. */
  readonly logTo?: LogSink
  /** Tells the person at the console something; nothing is said if not given. */
  readonly say?: (line: string) => void
}

export interface RunningServer extends AsyncDisposable {
  /** Where people reach it. */
  readonly origin: string
  readonly port: number
  /** Stops accepting, ends event streams, finishes requests, stops PostgreSQL. */
  close(): Promise<void>
}

/** What the features are made of. */
type Platform = {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly db: Database
  readonly vault: Vault
  /** For a connection of one's own, such as to listen for notifications. */
  readonly login: Login
  readonly rules: PasswordRules
  readonly mailer: Mailer
  readonly origins: () => Origins
}

/** Starts the whole server on a data folder: the only place that sees every part of it. */
export async function startServer(
  config: Config,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { clock = systemClock, logTo = process.stderr, say = () => {} } = options
  await using parts = new AsyncDisposableStack()
  const log = createLog(config.log, logTo)
  await ensureDataFolder(config.data)
  parts.use(await lockFolder(config.data))
  const postgres = parts.use(await startPostgres(config, log))
  await migrate(postgres.login('migrate'), join(ROOT, 'migrations'), log)
  const login = postgres.login('app')
  const vault = parts.use(await chooseVault(config, { log, clock }))
  await sealOldAccounts(postgres.login('migrate'), vault, log)
  await sealOldWraps(postgres.login('migrate'), vault, log)
  await endClosing({ config, clock, vault }, login, log)
  const database = parts.use(openDatabase<Tables>(login, log))
  let own = ownOrigins(config.origin, config.port)
  const origins = (): Origins => own
  const mailer = await createOutbox(join(config.data, 'outbox'), {
    clock,
    domain: new URL(own.canonical).hostname,
    announce: (path) => say(`A mail is waiting in ${path}`),
  })
  const { db } = database
  const rules = parts.use(await openRules(config, clock, log))
  const app = await composeApp({ config, clock, log, db, vault, login, rules, mailer, origins })
  parts.defer(() => app.http.close())
  serveHealth(app, () => database.answers())
  const port = await listenOn(app, config)
  own = ownOrigins(config.origin, port)
  const { data } = config
  parts.use(watchRotation({ data, login: postgres.login('migrate'), vault, clock, log }))
  parts.use(await takeBreaches({ config, clock, log, db, vault, outbox: mailer }, own))
  return running(own, port, parts.move())
}

/** Tells those whose addresses were stolen elsewhere, and takes lists of such addresses. */
async function takeBreaches(
  parts: Pick<Platform, 'config' | 'clock' | 'log' | 'db' | 'vault'> & { outbox: Outbox },
  { canonical: origin }: Origins,
): Promise<AsyncDisposable> {
  await using both = new AsyncDisposableStack()
  const telling = both.use(watchBreaches({ ...parts, origin }))
  const onFound = (): void => telling.look()
  const { config, log } = parts
  both.use(await serveBreaches(config.data, createBreaches(parts), { log, onFound }))
  return both.move()
}

/** What an earlier process left undone. Its connections are given back: nobody may need them yet. */
async function endClosing(
  { config, ...parts }: Pick<Platform, 'config' | 'clock' | 'vault'>,
  login: Login,
  log: Log,
): Promise<void> {
  await using database = openDatabase<Tables>(login, log)
  const registry = createRegistry({
    ...parts,
    db: database.db,
    space: { bytes: config.familySpace },
    announce: () => undefined,
  })
  await destroyAllClosed(registry, log)
  await forgetEnded({ ...registry, log })
  await forgetOldPairings(registry)
  await forgetLeavers({ ...parts, db: database.db, log })
}

/** Puts the features together and gives each its routes. */
async function composeApp(platform: Platform): Promise<App> {
  const { config, log, db, login, origins } = platform
  const tell = createNotices(platform)
  const sessions = composeSessions(platform, tell)
  const codeKey = await secretKey(config.data, 'codes')
  const factorsOf = (account: AccountId): Promise<FactorCounts> => countFactors(db, account)
  const required = config.secondFactor === 'required'
  const accounts = createAccounts({
    ...platform,
    sessions,
    codeKey,
    factorsOf,
    factorRequired: required,
  })
  const deviceKey = await secretKey(config.data, 'devices')
  const endOthers: FactorParts['endOthers'] = (...which) => sessions.endAll(...which)
  const factors = composeFactors(platform, tell, { deviceKey, endOthers, required })
  const hub = createHub(db, log)
  const notices = await composeNews(platform, hub)
  const { registry } = notices
  const callers = createCallers(registry, async ({ headers }, route) => {
    const caller = await sessions.caller(headers)
    await requireAdded(factors, caller.account, route)
    return caller
  })
  const app = createApp({ callers, log, origins, forwarded: config.forwarded })
  const listener = listen(login, hub.listening, log)
  app.http.addHook('onClose', () => listener[Symbol.asyncDispose]())
  const telling = watchNotices(notices)
  app.http.addHook('onClose', () => telling[Symbol.asyncDispose]())
  serveSessions(app, sessions, (caller) => requireProof(factors, caller))
  const deadline = createDeadline(config.answerMs)
  serveAccounts(app, accounts, { factors, sessions, deadline })
  serveFactors(app, factors, sessions)
  serveWrappedCards(app, platform)
  serveHouseholds(app, registry)
  serveDeletions(app, registry, endsOf(platform, factors))
  serveJoining(app, registry)
  servePairing(app, registry)
  serveMailbox(app, registry, (visit) => void noteVisit(notices, visit))
  serveNotices(app, notices)
  serveEvents(app, registry, hub)
  serveDescription(app)
  await serveApp(app, join(ROOT, 'dist', 'app'))
  return app
}

/** The registry of households, and what tells people who do not watch that something came. */
async function composeNews(platform: Platform, hub: Hub): Promise<Notices> {
  const { config, db, clock, vault } = platform
  // Whoever watches looks by themselves then, and is not told in another way: that comes first.
  const registry = createRegistry({
    db,
    clock,
    vault,
    space: { bytes: config.familySpace },
    announce: (id, news) => {
      const noted = news ? noteNews(notices, news) : noteChange(notices, id)
      void noted.finally(() => hub.announce(id))
    },
  })
  const notices: Notices = {
    ...platform,
    registry,
    door: createPushDoor({ hosts: config.pushHosts }),
    pushes: config.pushHosts.length > 0,
    stopKey: await secretKey(config.data, 'notices'),
  }
  return notices
}

/** What it takes to end a household. */
function endsOf(
  { vault: signing, origins, log }: Platform,
  factors: Factors,
): Parameters<typeof serveDeletions>[2] {
  return {
    signing,
    log,
    origin: () => origins().canonical,
    requireProof: (caller) => requireProof(factors, caller),
  }
}

/** What the operator asks of passwords; its upstream's silence is the log's business. */
function openRules(config: Config, clock: Clock, log: Log): Promise<PasswordRules> {
  const onProblem = (err: unknown): void => log.warn({ err }, 'breached passwords: no answer')
  return createPasswordRules({ ...config, clock, onProblem })
}

/** Sessions, and who hears of them. */
function composeSessions({ db, clock }: Platform, tell: Tell): Sessions {
  return createSessions({
    db,
    clock,
    onNewBrowser: (account, entry) => tell(account, 'browser', (who) => newBrowserMail(who, entry)),
    onLanguage: (account, language) => noteLanguage(db, account, language),
  })
}

/** Second factors, and who tells of them. */
function composeFactors(
  platform: Platform,
  tell: Tell,
  more: Pick<FactorParts, 'deviceKey' | 'endOthers' | 'required'>,
): Factors {
  const { db, clock, vault, origins } = platform
  return createFactors({
    db,
    clock,
    vault,
    origins,
    ...more,
    notify: (account, news) => tell(account, news, (who) => factorMail(news, who)),
    passwordStandsAlone: (account) => standsAlone(db, account),
  })
}

function serveDescription(app: App): void {
  const description = JSON.stringify(describeApi(ROUTES))
  app.http.get('/openapi.json', async (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(description),
  )
}

function running(origins: Origins, port: number, parts: AsyncDisposableStack): RunningServer {
  const close = (): Promise<void> => parts.disposeAsync()
  return { origin: origins.canonical, port, close, [Symbol.asyncDispose]: close }
}
