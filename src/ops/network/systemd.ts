import { basename } from 'node:path'
import { UsageError } from '../../protocol/usage.ts'
import { readFlags } from '../command.ts'
import { type HostFile, hostFiles } from './units.ts'

const PROGRAM = '/opt/pawpost'

const USAGE = `pawpost systemd [NAME] [--program DIR]

Prints units for systemd: server, vault and firewall, each under a user of its own, on a read-only
system. Without a NAME all files, each under its path; with one, that file alone:

${names()}

  --program  where Pawpost is installed; ${PROGRAM} if not given

Settings of the server go to /etc/pawpost/pawpost.env (PAWPOST_ORIGIN=...), the firewall's rules to
/etc/pawpost/firewall.nft (pawpost firewall).
`

/** `pawpost systemd`: unit files on standard output. Throws UsageError on wrong usage. */
export function systemd(args: string[]): void {
  if (args.includes('--help')) return console.log(USAGE)
  const { values, positionals } = readFlags(USAGE, {
    args,
    options: { program: { type: 'string' } },
    allowPositionals: true,
  })
  const { program = PROGRAM } = values
  // systemd would split at a space, and replace what follows a percent sign.
  if (!/^\/[\w./-]+$/.test(program) || positionals.length > 1) throw new UsageError(USAGE)
  process.stdout.write(chosen(hostFiles(program), positionals[0]))
}

function chosen(files: readonly HostFile[], name: string | undefined): string {
  if (name === undefined) return files.map(({ path, text }) => `# ${path}\n${text}`).join('\n')
  const file = files.find(({ path }) => basename(path) === name)
  if (file === undefined) throw new UsageError(USAGE)
  return file.text
}

function names(): string {
  return hostFiles(PROGRAM)
    .map(({ path }) => `  ${basename(path)}`)
    .join('\n')
}
