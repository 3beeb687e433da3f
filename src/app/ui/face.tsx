import { createContext, type ComponentChildren, type JSX } from 'preact'
import { useContext, useEffect, useMemo } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { isDrawable } from '../../client/picture-size.ts'
import { portraits, type Portrait, type Sitter } from '../../client/portraits.ts'
import { readProfile } from '../../client/profile.ts'
import { childId } from '../../protocol/ids.ts'
import type { Plush } from '../../protocol/message/kinds.ts'
import { useLive } from './use-live.ts'

/** Colours behind initials. */
const TONES = 8

type Faces = {
  readonly pictures: ReadonlyMap<Sitter, string>
  readonly plushes: ReadonlyMap<string, Plush>
}

const FacesContext = createContext<Faces>({ pictures: new Map(), plushes: new Map() })

/** Lets everything inside show the family's pictures; without it faces are initials. */
export function WithFaces({ children }: { children: ComponentChildren }): JSX.Element {
  const { data } = useLive(look, ['family'])
  const pictures = useMemo(() => drawn(data?.portraits), [data])
  useEffect(() => () => pictures.forEach((url) => URL.revokeObjectURL(url)), [pictures])
  const faces = useMemo(() => ({ pictures, plushes: data?.plushes ?? new Map() }), [pictures])
  return <FacesContext.Provider value={faces}>{children}</FacesContext.Provider>
}

type Looked = {
  readonly portraits: ReadonlyMap<Sitter, Portrait>
  readonly plushes: Faces['plushes']
}

async function look(client: Client): Promise<Looked> {
  const [known, profile] = await Promise.all([portraits(client), readProfile(client)])
  const plushes = (profile?.children ?? []).flatMap(({ id, plush }) =>
    plush ? [[id, plush] as const] : [],
  )
  return { portraits: known, plushes: new Map(plushes) }
}

function drawn(known: ReadonlyMap<Sitter, Portrait> = new Map()): ReadonlyMap<Sitter, string> {
  // Others choose their pictures: one that would fill this device's memory is none.
  const small = [...known].filter(([, { image }]) => isDrawable(image))
  return new Map(
    small.map(([of, { type, image }]) => {
      const picture = new Blob([Uint8Array.from(image)], { type })
      return [of, URL.createObjectURL(picture)]
    }),
  )
}

type Props = {
  readonly of: Sitter
  readonly name: string
}

/**
 * Somebody's face: their picture, or their initials on a colour that is always the same; a child's
 * has the ears of their toy. Decoration only: the name stands beside it.
 */
export function Face({ of, name }: Props): JSX.Element {
  const { pictures, plushes } = useContext(FacesContext)
  const picture = pictures.get(of)
  if (picture !== undefined) {
    return <img class="avatar" src={picture} alt="" aria-hidden="true" />
  }
  const isChild = childId.is(of)
  return (
    <svg class={`avatar tone-${toneOf(of)}`} viewBox="0 0 48 48" aria-hidden="true">
      {isChild && <Ears plush={plushes.get(of) ?? 'bear'} />}
      <circle cx="24" cy={isChild ? 27 : 24} r={isChild ? 19 : 22} />
      <text x="24" y={isChild ? 33 : 30.5} text-anchor="middle">
        {initialsOf(name)}
      </text>
    </svg>
  )
}

const EARS: Readonly<Record<Plush, string>> = {
  bear: 'M5 11a7 7 0 1 0 14 0a7 7 0 1 0-14 0M29 11a7 7 0 1 0 14 0a7 7 0 1 0-14 0',
  cat: 'M6 22L7 3l15 8zM42 22L41 3l-15 8z',
  dog: 'M12 10C3 8 0 20 3 31c6 0 9-6 11-12zM36 10c9-2 12 10 9 21-6 0-9-6-11-12z',
  bunny: 'M12 14C7 4 9-1 13 0s7 6 8 12zM36 14C41 4 39-1 35 0s-7 6-8 12z',
  unicorn: 'M21 10L24-1l3 11zM7 18L9 7l9 5zM41 18L39 7l-9 5z',
}

function Ears({ plush }: { plush: Plush }): JSX.Element {
  return <path d={EARS[plush]} />
}

/** The same colour on every device: it follows from the id. */
function toneOf(id: string): number {
  const codes = Array.from(id, (letter) => letter.charCodeAt(0))
  const mixed = codes.reduce((sum, code) => (sum * 31 + code) % 9973, 7)
  return mixed % TONES
}

/** The first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '')
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => firstLetter(word).toLocaleUpperCase()).join('')
}

function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)
  return first?.segment ?? ''
}
