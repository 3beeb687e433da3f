import type { Attack } from './attack.ts'
import { DOWNGRADE_ATTACKS } from './downgrade.ts'
import { KEY_ATTACKS } from './keys.ts'
import { MEMBERSHIP_ATTACKS } from './membership.ts'
import { METADATA_ATTACKS } from './metadata.ts'
import { RECOVERY_ATTACKS } from './recovery.ts'

/** Everything that a malicious server tries, each with its own way of being refused. */
export const ATTACKS: readonly Attack[] = [
  ...KEY_ATTACKS,
  ...MEMBERSHIP_ATTACKS,
  ...METADATA_ATTACKS,
  ...DOWNGRADE_ATTACKS,
  ...RECOVERY_ATTACKS,
]
