import assert from 'node:assert/strict'
import { test } from 'node:test'
import { householdId } from '../protocol/ids.ts'
import { openCard } from './card.ts'
import { INVITATION_DAYS, newInvitation, readInvitation, writeInvitation } from './invitation.ts'

// What people type and paste: codes of cards, links of invitations.

const ALPHABET = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')

test('a code that stands for more than 128 bits is refused, whatever its check letters', async () => {
  // The last of 26 letters has room for three bits; those beyond are zero.
  const body = `${'0'.repeat(25)}1`
  for (const first of ALPHABET) {
    for (const second of ALPHABET) {
      const code = body + first + second
      await assert.rejects(openCard(code), { code: 'card-invalid' }, code)
    }
  }
})

test('an invitation lasts seven days', () => {
  assert.equal(INVITATION_DAYS, 7)
})

test('a link is read with what mail programs put around it', () => {
  const household = householdId.from(new Uint8Array(16))
  const link = writeInvitation(newInvitation('https://pawpost.example', household))
  const { id } = readInvitation(link)
  for (const space of ['\u00a0', '\ufeff', '\u2003', '\r\n', ' \t']) {
    assert.equal(readInvitation(`${space}${link}${space}`).id, id, JSON.stringify(space))
  }
})
