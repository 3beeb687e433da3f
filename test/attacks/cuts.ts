import assert from 'node:assert/strict'

/** A check that is cut out of the victim's app, and the attack that must then be believed. */
export type Cut = {
  readonly file: string
  readonly check: string
  readonly instead: string
  readonly refused: string
  /** What the victim then has that it should not have, as `complaintsOf` begins to say it. */
  readonly believed: string
}

export const CUTS: readonly Cut[] = [
  {
    file: 'src/protocol/log/verify.ts',
    check:
      "demand(verifySignature(link.signature, link.signed, signer.sig), 'signature-invalid')\n  return signer",
    instead: 'return signer',
    refused: 'log-refused/signature-invalid',
    believed: 'links',
  },
  {
    file: 'src/protocol/message/verify.ts',
    check:
      "demand(verifySignature(s, signedMessageBytes(i, recipients), sender.sig), 'signature-invalid')",
    instead: '',
    refused: 'message-refused/signature-invalid',
    believed: 'messages',
  },
  {
    file: 'src/keys/principal.ts',
    check: 'if (!fits || (await seedRecipient(secret.secret)) !== epoch.rec)',
    instead: 'if (!fits)',
    refused: 'tampered/wrap-wrong',
    believed: 'a planted key',
  },
]

/** A module's source without the checks that are to be cut; throws when a check is not there. */
export function withoutChecks(file: string, source: string): string {
  return CUTS.filter((cut) => cut.file === file).reduce((text, { check, instead }) => {
    if (!text.includes(check)) throw new Error(`${file} has no such check: ${check}`)
    return text.replace(check, instead)
  }, source)
}

/** The cut that lets an attack through, if one does. */
export function cutFor({ refused }: { readonly refused: string }): Cut | undefined {
  return CUTS.find((cut) => cut.refused === refused)
}

/** Demands that a victim without this check believed the attack. */
export function demandBelieved(cut: Cut | undefined, complaints: readonly string[]): void {
  const believed = cut && complaints.some((one) => one.startsWith(cut.believed))
  assert.ok(believed, `${cut?.refused}: ${complaints.join('; ')}`)
}
