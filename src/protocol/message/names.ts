import { z } from 'zod'

/*
 * Names are chosen by others, and stand beside what they must not be taken for. This is the one place
 * where they are made harmless: whatever reads a name reads it through here, from messages, requests to
 * join, archives and the device's own store.
 */

/** What nobody sees: it steers terminals, turns a line around, or makes two names look like one. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
/** What joins letters and signs to one: in Persian and Indian names, in pictures of families. */
const JOINING = /\u200c|\u200d|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}]/u
/** Scripts whose letters nothing joins: there it would only be hidden. */
const PLAIN = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{Z}]/u

/** A name without what nobody sees, and without spaces around it. */
export function seenOnly(name: string): string {
  let before = ''
  return Array.from(name)
    .filter((sign) => {
      const isSeen = !UNSEEN.test(sign) || (JOINING.test(sign) && isJoined(before))
      if (isSeen) before = sign
      return isSeen
    })
    .join('')
    .trim()
}

function isJoined(before: string): boolean {
  return before !== '' && !PLAIN.test(before)
}

/** A person's name, or a child's or toy's. */
export const NAME = z.string().overwrite(seenOnly).min(1).max(80)

/** Letters of names in a keepsake, at most: several names may stand in a row. */
export const KEEPSAKE_NAMES = 200
export const keepsakeNames = z.string().overwrite(seenOnly).max(KEEPSAKE_NAMES)
