import { type Language, LANGUAGES } from '../../../protocol/api/languages.ts'

/** No browser sends more; whoever does gets no answer to it. */
const MOST_LETTERS = 256
const MOST_RANGES = 20
/** One language range with its weight (RFC 9110, 12.5.4 and 12.4.2). */
const RANGE =
  /^[ \t]*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)[ \t]*(?:;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?$/i

type Wish = { readonly tag: string; readonly weight: number }

/**
 * The language of an Accept-Language header that we speak and the caller wants most, the first of
 * equals. None where none is named, or where the header is not as it should be.
 */
export function wantedLanguage(header: string | undefined): Language | undefined {
  return wishesOf(header)
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0]))
    .find((language) => language !== undefined)
}

function wishesOf(header = ''): readonly Wish[] {
  if (header.length > MOST_LETTERS) return []
  const ranges = header.split(',')
  if (ranges.length > MOST_RANGES) return []
  const wishes = ranges.map(readRange)
  return wishes.every((wish) => wish !== undefined) ? wishes : []
}

function readRange(text: string): Wish | undefined {
  const [, tag, weight = '1'] = RANGE.exec(text) ?? []
  return tag === undefined ? undefined : { tag, weight: Number(weight) }
}
