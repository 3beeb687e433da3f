import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, fromBase64url, sameBytes, toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'

/**
 * What all links of ours have in common: `https://host/<letter>/<id>#<fragment>`. The fragment never
 * reaches a server: base64url of the payload, and of a check that covers the id and the payload, so
 * that a wrong letter anywhere behind the host is noticed.
 */
export type SecretLink<Id extends string> = {
  readonly origin: string
  readonly id: Id
  readonly payload: Uint8Array<ArrayBuffer>
}

/** Where a kind of links leads, and the ids that stand there. */
export type LinkKind<Id extends string> = {
  /** Such as `/j/`. */
  readonly path: string
  readonly ids: {
    readonly is: (text: string) => text is Id
    readonly bytes: (id: Id) => Uint8Array
  }
}

const CHECK_BYTES = 2

export function writeSecretLink<Id extends string>(
  kind: LinkKind<Id>,
  link: Omit<SecretLink<Id>, 'payload'> & { readonly payload: Uint8Array },
): string {
  const { origin, id, payload } = link
  const fragment = toBase64url(concatBytes(payload, checkOf(kind, id, payload)))
  return `${origin}${kind.path}${id}#${fragment}`
}

/** Reads a link. Throws `link-invalid` when a part is missing or a letter is wrong. */
export function readSecretLink<Id extends string>(
  kind: LinkKind<Id>,
  link: string,
): SecretLink<Id> {
  try {
    const { origin, pathname, hash } = new URL(link.trim())
    const id = pathname.slice(kind.path.length)
    const leads = origin.startsWith('http') && pathname.startsWith(kind.path)
    if (!leads || !kind.ids.is(id)) throw new RangeError('leads somewhere else')
    const bytes = fromBase64url(hash.slice(1))
    const payload = bytes.slice(0, -CHECK_BYTES)
    const isWhole = sameBytes(bytes.slice(-CHECK_BYTES), checkOf(kind, id, payload))
    if (!isWhole) throw new RangeError('the check does not fit')
    return { origin, id, payload }
  } catch (cause) {
    throw new PawpostError('link-invalid', undefined, { cause })
  }
}

function checkOf<Id extends string>(
  { ids }: LinkKind<Id>,
  id: Id,
  payload: Uint8Array,
): Uint8Array {
  return sha256(concatBytes(ids.bytes(id), payload)).slice(0, CHECK_BYTES)
}
