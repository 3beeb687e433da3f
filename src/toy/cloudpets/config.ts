import { ascii } from '../../protocol/bytes.ts'

/** Who the toy is. The number is the order in the toy's own config string. */
export const CHARACTERS = ['bear', 'cat', 'dog', 'bunny', 'unicorn'] as const
export type Character = (typeof CHARACTERS)[number]

/**
 * The 16 characters `CCMM_dd_HH_mm_ss` that an original toy is set up with (facts, section 2): its
 * only identity, advertised in clear and writable by anyone. Never treat it as a proof of anything.
 */
export type ToyConfig = {
  /** Undefined for a character number this program does not know. */
  character: Character | undefined
  /** Set-up time as the toy stores it: no year, and not checked by the toy. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

const PATTERN = /^(\d\d)(\d\d)_(\d\d)_(\d\d)_(\d\d)_(\d\d)$/

/** Reads a config string; undefined when the toy was never set up or holds something else. */
export function parseConfig(text: string): ToyConfig | undefined {
  const fields = PATTERN.exec(text)?.slice(1).map(Number)
  if (fields === undefined) return undefined
  const [code = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
  return { character: CHARACTERS[code], month, day, hour, minute, second }
}

/** The config in the characteristic's value; anything but 16 ASCII characters is no config. */
export function readConfig(value: Uint8Array): ToyConfig | undefined {
  return value.length === 16 ? parseConfig(String.fromCharCode(...value)) : undefined
}

/** The inverse of `parseConfig`. Throws RangeError on a field that has no two-digit form. */
export function formatConfig(config: ToyConfig): string {
  const code = config.character === undefined ? -1 : CHARACTERS.indexOf(config.character)
  const rest = [config.day, config.hour, config.minute, config.second].map(twoDigits)
  return [twoDigits(code) + twoDigits(config.month), ...rest].join('_')
}

/** The value of the config characteristic for `config`. */
export function configBytes(config: ToyConfig): Uint8Array {
  return ascii(formatConfig(config))
}

function twoDigits(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99) {
    throw new RangeError(`a config field has two digits, not ${value}`)
  }
  return String(value).padStart(2, '0')
}
