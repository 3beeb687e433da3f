/** Shorter words are in too many others. */
const SHORTEST = { name: 3, address: 4 }
/** What everybody knows who knows this service. The server has a longer list and the last word. */
const PRODUCT = ['pawpost', 'paw post', 'cloudpets', 'cloud pets', 'spiraltoys', 'bentley', 'bear']
/** Characters that stand for others: the same sign for all of them. */
const ALIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  l: 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
}

export type Known = {
  /** Names of the family as they are shown, such as `Mia-Zebulon` or `Grandma Rose`. */
  readonly names: readonly string[]
  /** The address that was typed; empty when none was. */
  readonly address: string
}

/** The words that somebody would try who knows a person: names, parts of the address, this product. */
export function knownWords({ names, address }: Known): readonly string[] {
  const [local = '', domain = ''] = address.split('@')
  const ofNames = names.flatMap((name) => [name, name.replace(/[^\p{L}]/gu, ''), ...pieces(name)])
  const ofAddress = [address, local, ...pieces(local), ...domain.split('.')]
  return [
    ...ofNames.filter(({ length }) => length >= SHORTEST.name),
    ...ofAddress.filter(({ length }) => length >= SHORTEST.address),
    ...PRODUCT,
  ]
}

function pieces(text: string): readonly string[] {
  return text.split(/[^\p{L}]+/u)
}

/**
 * The known words that a password is made of, longest first and each as it is known, and what is
 * left of the password without them. Case, accents and digits in the place of letters do not hide one.
 */
export function withoutWords(
  password: string,
  words: readonly string[],
): { found: readonly string[]; rest: string } {
  const characters = Array.from(password)
  const found = new Set<string>()
  let folded = characters.map(fold)
  for (const word of words.toSorted((one, other) => other.length - one.length)) {
    const cut = cutOut(folded, Array.from(word).map(fold).join(''))
    if (cut !== folded) found.add(word)
    folded = cut
  }
  return { found: [...found], rest: characters.filter((_, at) => folded[at] !== GONE).join('') }
}

/** In the place of a character that belongs to a word already. */
const GONE = '\0'

/** One sign for one character: what it looks like, in small letters, without accents. */
function fold(character: string): string {
  const [plain = GONE] = character.toLowerCase().normalize('NFD')
  return ALIKE[plain] ?? plain
}

function cutOut(folded: string[], word: string): string[] {
  const { length } = Array.from(word)
  const isHere = (at: number): boolean => folded.slice(at, at + length).join('') === word
  const starts = folded.flatMap((_, at) => (isHere(at) ? [at] : []))
  if (starts.length === 0) return folded
  return folded.map((sign, at) =>
    starts.some((start) => at >= start && at < start + length) ? GONE : sign,
  )
}
