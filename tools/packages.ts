import { existsSync } from 'node:fs'
import { run } from './run.ts'

/** System programs that the tests need, and the Debian package that brings each. */
const NEEDED: Readonly<Record<string, string>> = {
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/dbus-daemon': 'dbus',
  '/usr/bin/espeak-ng': 'espeak-ng',
  '/usr/sbin/john': 'john',
  '/usr/bin/sox': 'sox',
}

/**
 * Installs what is missing when run as root on a Debian-like machine. Otherwise gives the one line
 * to type, and false.
 */
export async function installPackages(): Promise<boolean> {
  const missing = missingPackages()
  if (missing.length === 0) return true
  const install = ['install', '--yes', '--no-install-recommends', ...missing]
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${missing.join(', ')}`)
    await run('apt-get', ['update', '--quiet'])
    await run('apt-get', install)
    if (missingPackages().length === 0) return true
  }
  console.error(`The tests need a few programs of the system. Please type:\n`)
  console.error(`  sudo apt-get ${install.join(' ')}\n`)
  return false
}

function missingPackages(): readonly string[] {
  return Object.entries(NEEDED)
    .filter(([program]) => !existsSync(program))
    .map(([, name]) => name)
}
