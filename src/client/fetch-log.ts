import type { Device } from '../keys/device.ts'
import { readLog } from '../protocol/api/households.ts'
import { fromBase64url } from '../protocol/bytes.ts'
import type { HouseholdId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { demandNotAhead } from './watch.ts'

/**
 * A household's whole log as the server shows it to `signer`, oldest link first; not verified.
 * Throws `tampered` (`time-ahead`) for links that are dated more than a day ahead.
 */
export async function fetchLog(
  client: Client,
  household: HouseholdId,
  signer: Device,
): Promise<readonly Uint8Array[]> {
  const links: Uint8Array[] = []
  for (;;) {
    const input = { params: { household }, query: { from: links.length } }
    const page = await client.api.call(readLog, input, signer)
    for (const link of page.links.map(fromBase64url)) {
      demandNotAhead(client, link)
      links.push(link)
    }
    if (links.length >= page.length || page.links.length === 0) return links
  }
}
