const [ISOLATE, END] = ['\u2068', '\u2069']
/** What turns text around, and could turn around what stands beside it (Unicode UAX 9). */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/**
 * A name or a number from elsewhere, as it stands in a sentence: set apart where it may be read the
 * other way. Never for links and codes, which are opened and copied: they stand on a line of their own.
 */
export function isolated(text: string, dir: 'ltr' | 'rtl'): string {
  const plain = text.replaceAll(TURNING, '')
  const isForeign = dir === 'rtl' || FROM_THE_RIGHT.test(plain)
  return isForeign ? `${ISOLATE}${plain}${END}` : plain
}
