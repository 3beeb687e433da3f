import { z } from 'zod'
import { joinKey, newInvitation, INVITATION_DAYS, writeInvitation } from '../keys/invitation.ts'
import { proposeCancel, proposeInvite } from '../keys/links.ts'
import { childId, inviteId, type InviteId } from '../protocol/ids.ts'
import type { MemberRole } from '../protocol/log/ops.ts'
import { RELATIONS, type ProfilePerson } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { append } from './append.ts'
import { readFamily } from './family.ts'

const PREFIX = 'invitation/'
const DAY = 24 * 60 * 60 * 1000
const record = z.strictObject({
  invite: inviteId.schema,
  name: z.string(),
  link: z.string(),
  relation: z.enum(RELATIONS).optional(),
  children: z.array(childId.schema).optional(),
})

/** What a guardian says of somebody they invite; their name is what they will say themself. */
export type Invited = Pick<ProfilePerson, 'name' | 'relation' | 'children'>

/** An invitation that can still be used, as the guardian who made it knows it. */
export type OpenInvitation = {
  readonly invite: InviteId
  readonly name: string
  readonly role: MemberRole
  readonly link: string
  readonly expires: number
}

/** Invites a person. The link is for that person alone; it works once, for seven days. */
export async function invite(
  client: Client,
  { role, ...invited }: Invited & { role: 'relative' | 'guardian' },
): Promise<{ link: string }> {
  return client.exclusively(async () => {
    const { household } = await readFamily(client)
    const invitation = newInvitation(client.origin, household.id)
    const { sig: join } = await joinKey(invitation.secret)
    const link = writeInvitation(invitation)
    const { id } = invitation
    await client.store.write([{ key: PREFIX + id, value: { ...invited, invite: id, link } }])
    const expires = client.now() + INVITATION_DAYS * DAY
    await append(client, (standing) => proposeInvite(standing, { id, role, join, expires }))
    client.changed('family')
    return { link }
  })
}

/** This device's invitations that nobody has used yet. */
export async function openInvitations(client: Client): Promise<readonly OpenInvitation[]> {
  const { household } = await readFamily(client)
  const mine = await client.store.list(PREFIX, record)
  return mine.flatMap(({ value }) => {
    const known = household.invites.get(value.invite)
    if (known?.state !== 'open' || known.expires < client.now()) return []
    return [{ ...value, role: known.role, expires: known.expires }]
  })
}

/** What a guardian said on this device of whom an invitation is for. */
export async function invitedAs(client: Client, id: InviteId): Promise<Invited | undefined> {
  const known = await client.store.get(PREFIX + id, record)
  if (!known) return undefined
  const { name, relation, children } = known
  return { name, ...(relation && { relation }), ...(children && { children }) }
}

/** Makes an invitation useless. */
export async function cancelInvitation(client: Client, id: InviteId): Promise<void> {
  await client.exclusively(() =>
    append(client, async (standing) =>
      standing.household.invites.get(id)?.state === 'open'
        ? proposeCancel(standing, id)
        : undefined,
    ),
  )
  client.changed('family')
}
