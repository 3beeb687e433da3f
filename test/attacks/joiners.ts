import { sealHello } from '../../src/client/hello.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { joinKey, writeInvitation } from '../../src/keys/invitation.ts'
import { proposeInvite } from '../../src/keys/links.ts'
import { fromBase64url, toBase64url } from '../../src/protocol/bytes.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import { requestIdOf } from '../../src/protocol/log/join.ts'
import type { Requests } from '../evil-server/lies.ts'
import { says, silence, type Lie } from '../evil-server/proxy.ts'
import { append, askToJoin, standing, stranger } from '../harness/family.ts'
import type { Staged, World } from './attack.ts'
import { showsLog, together } from './staging.ts'

/** A genuine invitation, made by mum just now. */
async function invitedBy(
  { family, mum, origin }: World,
  secret = randomBytes(16),
): Promise<{ id: ReturnType<typeof inviteId.from>; link: string; secret: Uint8Array }> {
  const id = inviteId.from(randomBytes(16))
  const { sig: join } = await joinKey(secret)
  const invitation = { id, role: 'relative', join, expires: Date.now() + 86_400_000 } as const
  append(family, await proposeInvite(standing(family, mum.device, Date.now()), invitation))
  return {
    id,
    secret,
    link: writeInvitation({ origin, id, household: family.household.id, secret }),
  }
}

/** Takes a request to join and tells nobody; says of it whatever `state` says. */
function takesRequest(state: () => object): Lie {
  return async (asked, forward) => {
    if (asked.route === 'askToJoin') {
      const { bytes } = JSON.parse(new TextDecoder().decode(asked.body)) as { bytes: string }
      return says({ request: requestIdOf(fromBase64url(bytes)) }, 201)
    }
    if (asked.route === 'revealNonce') return silence()
    return asked.route === 'requestState' ? says(state()) : forward()
  }
}

/** The thief of an invitation is told that a guardian let them in. */
export async function admitsNobody(world: World): Promise<Staged> {
  const { link } = await invitedBy(world)
  const lie = together(
    takesRequest(() => ({ state: 'admitted' })),
    showsLog(world.family.links),
  )
  return { lie, act: { does: 'join', link } }
}

/** A joiner is shown one nonce after the other. */
export async function talksTwice(world: World): Promise<Staged> {
  const { link } = await invitedBy(world)
  const nonce = (): string => toBase64url(randomBytes(32))
  const talks = takesRequest(() => ({ state: 'answered', nonce: nonce() }))
  return { lie: together(talks, showsLog(world.family.links)), act: { does: 'join', link } }
}

/** A genuine request, of which the server changes the sealed name, or the nonce that was revealed. */
export async function asks(world: World, what: 'hello' | 'commitment'): Promise<Staged> {
  const { family, victim } = world
  const { id, secret } = await invitedBy(world)
  const invited = { id, role: 'relative', key: await joinKey(secret) } as const
  const { sealed, hash: hello } = await sealHello(family.household, 'Aunt')
  const other = await sealHello(family.household, 'Mama')
  const made = await askToJoin(family, invited, await stranger(), { hello })
  const request = requestIdOf(made.bytes)
  let answered: Partial<Requests['requests'][number]> = {}
  const told = {
    request,
    bytes: toBase64url(made.bytes),
    joinSignature: toBase64url(made.joinSignature),
    deviceSignature: toBase64url(made.deviceSignature),
    hello: toBase64url(what === 'hello' ? other.sealed : sealed),
  }
  const shows: Lie = async (asked, forward) => {
    if (asked.route === 'publishNonce') {
      const { nonce } = JSON.parse(new TextDecoder().decode(asked.body)) as { nonce: string }
      answered = { nonce, nonceBy: victim.device.id, reveal: toBase64url(randomBytes(32)) }
      return silence()
    }
    if (asked.route !== 'listRequests') return forward()
    return says({ requests: [{ ...told, ...answered }] })
  }
  const lie = together(shows, showsLog(family.links))
  // A request with another hello is not listed: there is none to look at.
  const act = { does: 'look', ...(what === 'commitment' && { request }) } as const
  return { lie, honest: family.household, act }
}
