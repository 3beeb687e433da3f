import { randomBytes } from 'node:crypto'
import { freshAddress, post, signUpAt, type TestAccount } from './account.ts'
import { type AppOwner, appOwnerAt } from './app-owner.ts'
import { type Browser, browserAt } from './browser.ts'
import type { Clock } from '../../src/server/platform/clock.ts'
import { secondProcess } from './second-process.ts'
import type { TestServer } from './server.ts'

export type Plan = {
  /** Passwords that are tried, and networks they come from. */
  readonly logins: number
  readonly sources: number
  /** Tries at once. */
  readonly atOnce: number
}

export type Stuffed = {
  readonly logins: number
  /** Answers by status. */
  readonly answers: Readonly<Record<string, number>>
  /** Sessions that the stuffers have at the end. */
  readonly sessions: number
  /** Right passwords that stopped at the second factor. */
  readonly stopped: number
  /** How often the owner signed in meanwhile, from a browser that the account knows. */
  readonly ownerSignIns: number
  readonly ownerFailures: number
}

const WRONG = 'leaked somewhere else in 2016'
/** The owner of the account that is tried most signs in so many times meanwhile. */
const VISITS = 4

type Scene = {
  readonly server: TestServer
  /** Whose password leaked, and who has a second factor. */
  readonly leaked: AppOwner
  /** Whose old password leaked. */
  readonly owner: TestAccount
  readonly home: Browser
}

/** The server has to take the word of `x-forwarded-for`. */
export async function stuff(server: TestServer, clock: Clock, plan: Plan): Promise<Stuffed> {
  const leaked = await appOwnerAt(server, clock.now())
  const owner = await signUpAt(server)
  const home = browserAt(server, new Map(), { 'x-forwarded-for': addressOf(0) })
  const scene = { server, leaked, owner, home }
  if (!(await visit(scene))) throw new Error('the owner could not sign in before')
  await using inside = await secondProcess(server.data, clock)
  const sessions = (): Promise<number> =>
    inside.db
      .selectFrom('sessions')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
      .then(({ count }) => Number(count))
  const before = await sessions()
  const { answers, visits } = await tryAll(scene, plan)
  const good = visits.filter(Boolean).length
  return {
    logins: plan.logins,
    answers,
    sessions: (await sessions()) - before,
    stopped: answers['403'] ?? 0,
    ownerSignIns: good,
    ownerFailures: visits.length - good,
  }
}

/** Tries everything, with the owner's visits in between. */
async function tryAll(
  scene: Scene,
  { logins, sources, atOnce }: Plan,
): Promise<{ answers: Record<string, number>; visits: boolean[] }> {
  const answers: Record<string, number> = {}
  const visits: boolean[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next++; at < logins; at = next++) {
      const status = await tryOne(scene, at, addressOf(at % sources))
      answers[status] = (answers[status] ?? 0) + 1
      if ((at + 1) % Math.floor(logins / VISITS) === 0) visits.push(await visit(scene))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return { answers, visits }
}

/** Of ten leaked lines one is right but for the second factor, two are old, seven are nobody's. */
async function tryOne({ server, leaked, owner }: Scene, at: number, ip: string): Promise<number> {
  const kind = at % 10
  const [email, password] =
    kind === 0
      ? [leaked.email, leaked.password]
      : kind < 3
        ? [owner.email, WRONG]
        : [freshAddress(), randomBytes(9).toString('base64url')]
  const headers = { 'x-forwarded-for': ip }
  const response = await post(server, '/api/sessions', { email, password }, headers)
  await response.arrayBuffer()
  return response.status
}

/** The owner signs in at home, behind an address that stuffers use, too, and out again. */
async function visit({ owner: { email, password }, home }: Scene): Promise<boolean> {
  const { status } = await home.post('/api/sessions', { email, password })
  await home.remove('/api/sessions/current')
  return status === 201
}

function addressOf(source: number): string {
  return `198.18.${source >> 8}.${source & 255}`
}
