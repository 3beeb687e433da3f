/** Where Unicode's decimal digits begin that the app's languages are typed with. */
const ZEROS = [0x30, 0x660, 0x6f0] as const

/** What was typed, with Arabic and Persian digits as 0 to 9, and without what is around them. */
export function asciiDigits(typed: string): string {
  return typed.trim().split('').map(asciiDigit).join('')
}

function asciiDigit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  const zero = ZEROS.find((first) => code >= first && code < first + 10)
  return zero === undefined ? letter : String(code - zero)
}
