import { randomBytes } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { ensureFolder, isSystemError, syncFolder, writeDurably } from './files.ts'
import { compose, type Mail, type Recipient } from './letter.ts'

export type { Mail, Recipient }

/** Sends mail. The promise resolves when the mail is safe: it will leave, whatever happens. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

/**
 * A mailer that also holds mails back: one that has to leave exactly if a transaction is committed is
 * held before the commit and released after it. After a crash, whoever held it asks the database.
 */
export interface Outbox extends Mailer {
  /** Keeps a mail safe under a name of its own (random, hex) and does not let it leave. */
  hold(name: string, mail: Mail): Promise<void>
  /** Lets it leave; once, however often it is called. */
  release(name: string): Promise<void>
  /** Takes it back. */
  drop(name: string): Promise<void>
  /** The names of the mails that are held. */
  held(): Promise<string[]>
}

type Parts = {
  readonly clock: Clock
  readonly domain: string
  readonly announce: (path: string) => void
}

const HELD = '.mail'

/**
 * Mail as files in `folder`, named so that they sort by time, for whoever runs Pawpost to hand on.
 * `announce` gets the path of each; never the address. Those held back lie in a hidden folder below.
 */
export async function createOutbox(folder: string, parts: Parts): Promise<Outbox> {
  const { clock, domain, announce } = parts
  const below = join(folder, '.held')
  await ensureFolder(folder, 0o700)
  let count = 0

  function placeOf(unique: string): string {
    const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-')
    count += 1
    return join(folder, `${stamp}-${String(count).padStart(6, '0')}-${unique}.eml`)
  }

  function composed(mail: Mail, unique: string): string {
    return compose(mail, { at: new Date(clock.now()), id: `${unique}@${domain}`, domain })
  }

  return {
    async send(mail) {
      const unique = randomBytes(8).toString('hex')
      const path = placeOf(unique)
      await writeDurably(path, composed(mail, unique))
      announce(path)
    },
    async hold(name, mail) {
      await ensureFolder(below, 0o700)
      await writeDurably(join(below, name + HELD), composed(mail, name))
    },
    async release(name) {
      const path = placeOf(name)
      if (!(await moved(join(below, name + HELD), path))) return
      await syncFolder(folder)
      await syncFolder(below)
      announce(path)
    },
    drop: (name) => rm(join(below, name + HELD), { force: true }),
    async held() {
      const names = await namesIn(below)
      return names.filter((name) => name.endsWith(HELD)).map((name) => name.slice(0, -HELD.length))
    },
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  }
}

/** False where there is nothing (any more). */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false
    throw error
  }
}
