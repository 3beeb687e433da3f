import { readdir } from 'node:fs/promises'
import { StartError } from './start-error.ts'
import { ensureFolder } from './files.ts'

/** What a server or its vault puts into its folder before anything else. */
const OURS = ['password-cost.json', 'postgres', 'postgres.new', 'secrets', 'server.lock', 'vault']
/** What the root of a fresh disk holds. */
const OF_DISKS = ['lost+found']

/**
 * Makes the folder that holds everything a server keeps. As root others may pass through (the
 * database's user lives below), but not look around. A folder that holds other things is refused
 * before its mode is touched: closing `/srv` to everybody is not what `--data /srv` asks for.
 */
export async function ensureDataFolder(data: string): Promise<void> {
  const all = await readdir(data).catch(() => [])
  const names = all.filter((name) => !OF_DISKS.includes(name))
  if (names.length > 0 && !names.some((name) => OURS.includes(name))) {
    throw new StartError(
      `${data} holds other things. ` +
        'Name an empty folder, or the one of a Pawpost server, with --data.',
    )
  }
  await ensureFolder(data, process.getuid?.() === 0 ? 0o711 : 0o700)
}
