import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { sendMessage } from '../../src/protocol/api/messages.ts'
import { ascii, concatBytes } from '../../src/protocol/bytes.ts'
import { messageId } from '../../src/protocol/ids.ts'
import { headOf } from '../../src/protocol/log/household.ts'
import { pad, signedMessageBytes, writeInner } from '../../src/protocol/message/inner.ts'
import type { Content } from '../../src/protocol/message/kinds.ts'
import { writeFrame, writeOuter } from '../../src/protocol/message/outer.ts'

const NO_AGE = ascii('age-encryption.org/v1\n-> none\n--- none\n')

/**
 * Sends a message as a client would that has forgotten to encrypt: signed and padded, behind the
 * first letters of an age file, so that the server takes it. For controls.
 */
export async function sendUnsealed(client: Client, content: Content): Promise<void> {
  const { household, device } = await readFamily(client)
  const to = [{ pid: household.principal, epoch: 1 }]
  const mid = messageId.from(randomBytes(16))
  const at = { n: 1, prev: new Uint8Array(32), head: headOf(household), ts: client.now() }
  const i = writeInner({ hid: household.id, mid, by: device.id, ...at, to, ...content })
  const padded = pad({ i, s: await device.sign(signedMessageBytes(i, [])) })
  const ciphertext = concatBytes(NO_AGE, padded)
  const fields = { hid: household.id, mid, by: device.id, to }
  const envelope = writeOuter({ ...fields, size: padded.length, expiry: 'kept' }, ciphertext)
  const params = { household: household.id, message: mid }
  await client.api.call(sendMessage, { params, body: writeFrame(envelope, ciphertext) }, device)
}
