import { join } from 'node:path'
import { cheapPasswords } from './passwords.ts'
import { ownerLogin } from './stolen.ts'
import { systemClock } from '../../src/server/platform/clock.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { rotate } from '../../src/server/rotation/rotation.ts'
import { openVault } from '../../src/server/vault/vault.ts'

/** Goes on with a rotation in a process of its own, vault included, so that it can be killed. */
const [data = '', keys = ''] = process.argv.slice(2)
const log = createLog('silent', { write: () => {} })
const passwords = await cheapPasswords(keys)
const vault = await openVault(join(keys, 'vault'), { log, passwords })
const parts = { data: keys, login: ownerLogin(data), vault, clock: systemClock, log, graceMs: 0 }
console.log('rotating')
await rotate(parts, new AbortController().signal)
