import { existsSync } from 'node:fs'
import { run } from './run.ts'

/** System programs that the tests need, and the Debian package that brings each. */
const NEEDED: Readonly<Record<string, string>> = {
  '/usr/bin/age': 'age',
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/dbus-daemon': 'dbus',
  '/usr/bin/espeak-ng': 'espeak-ng',
  '/usr/bin/firefox-esr': 'firefox-esr',
  '/usr/sbin/john': 'john',
  '/usr/bin/nmap': 'nmap',
  '/usr/bin/sox': 'sox',
  '/usr/sbin/ip': 'iproute2',
  '/usr/sbin/nft': 'nftables',
}

/**
 * What the tests use where it is there: a second cracker, a way for it to work on a processor
 * without a graphics card, and the schema of compose files.
 */
const WELCOME: Readonly<Record<string, string>> = {
  '/usr/bin/docker-compose': 'docker-compose',
  '/usr/bin/hashcat': 'hashcat',
  '/etc/OpenCL/vendors/pocl.icd': 'pocl-opencl-icd ocl-icd-libopencl1',
}

const INSTALL = ['install', '--yes', '--no-install-recommends'] as const

/**
 * Installs what is missing when run as root on a Debian-like machine. Otherwise gives the one line
 * to type, and false.
 */
export async function installPackages(): Promise<boolean> {
  const missing = missingOf(NEEDED)
  const wanted = missingOf(WELCOME)
  if (missing.length + wanted.length === 0) return true
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${[...missing, ...wanted].join(', ')}`)
    await run('apt-get', ['update', '--quiet'])
    if (missing.length > 0) await run('apt-get', [...INSTALL, ...missing])
    if (wanted.length > 0) await run('apt-get', [...INSTALL, ...wanted])
  }
  const left = missingOf(NEEDED)
  if (left.length === 0) return true
  console.error(`The tests need a few programs of the system. Please type:\n`)
  console.error(`  sudo apt-get ${[...INSTALL, ...left].join(' ')}\n`)
  return false
}

function missingOf(packages: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(packages)
    .filter(([file]) => !existsSync(file))
    .flatMap(([, names]) => names.split(' '))
}
