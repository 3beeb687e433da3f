/**
 * What runs in the page of an archive. The functions are written into the page as they stand here,
 * so each knows nothing from outside of itself: no import, no name of this file, no network.
 */

/** Plays one voice, or one after another. */
export function runPlayer(): void {
  const part = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
  const { playing: says } = JSON.parse(part('said').textContent) as { playing: string }
  const player = part('player') as HTMLAudioElement
  const rows = [...document.querySelectorAll<HTMLElement>('.voice')]
  let playing: HTMLElement | undefined

  const mark = (row: HTMLElement | undefined): void => {
    playing?.removeAttribute('aria-current')
    playing = row
    if (!row) return
    row.setAttribute('aria-current', 'true')
    part('now').textContent = says.replace('{who}', row.querySelector('.who')?.textContent ?? '')
    part('bar').hidden = false
  }

  const play = (row: HTMLElement): void => {
    const block = row.querySelector('script')?.textContent ?? '{}'
    const { sound } = JSON.parse(block) as { sound: string }
    player.src = `data:audio/ogg;base64,${sound}`
    mark(row)
    player.play().catch(() => undefined)
  }

  const next = (): void => {
    const shown = rows.filter(({ hidden }) => !hidden)
    const after = playing && shown[shown.indexOf(playing) + 1]
    if ((part('on-and-on') as HTMLInputElement).checked && after) play(after)
    else mark(undefined)
  }

  for (const row of rows) row.querySelector('button')?.addEventListener('click', () => play(row))
  player.addEventListener('ended', next)
  if (player.canPlayType('audio/ogg; codecs=opus') === '') part('cannot').hidden = false
}

/** Shows the voices in whose names, times or months every word is. */
export function runSearch(): void {
  type Said = { found: Record<string, string>; none: string }
  const part = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
  const said = JSON.parse(part('said').textContent) as Said
  const search = part('search') as HTMLInputElement
  const months = [...document.querySelectorAll<HTMLElement>('.month')]
  const plural = new Intl.PluralRules(document.documentElement.lang)
  const marks = /\p{M}/gu
  const plain = (text: string): string => text.normalize('NFKD').replace(marks, '').toLowerCase()
  const textOf = (within: Element, what: string): string =>
    plain(within.querySelector(what)?.textContent ?? '')

  const lookInto = (month: HTMLElement, wanted: readonly string[]): number => {
    const title = textOf(month, 'h2')
    let count = 0
    for (const row of month.querySelectorAll<HTMLElement>('.voice')) {
      const text = `${title} ${textOf(row, '.words')}`
      row.hidden = !wanted.every((word) => text.includes(word))
      if (!row.hidden) count += 1
    }
    month.hidden = count === 0
    return count
  }

  const look = (): void => {
    const wanted = plain(search.value).split(/\s+/)
    const count = months.reduce((before, month) => before + lookInto(month, wanted), 0)
    const words = said.found[plural.select(count)] ?? said.found['other'] ?? ''
    part('found').textContent = count === 0 ? said.none : words.replace('{count}', String(count))
  }

  search.addEventListener('input', look)
  part('tools').hidden = false
}
