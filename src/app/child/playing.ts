import { useEffect, useMemo, useState } from 'preact/hooks'
import { useValue } from '../platform/value.ts'
import { connection } from '../toy/connection.ts'
import { announce } from '../ui/announce.ts'
import { chime, type Chime } from './chimes.ts'
import { child } from './child-texts.ts'
import { begin, press, type Game } from './game.ts'
import { followPaws, shine } from './toy-paws.ts'

const words = child.screen

/** Before it begins, while the row is shown, when it is the child's turn, and at the very end. */
export type GamePhase = 'waiting' | 'showing' | 'turn' | 'feast'

const SHOWN_MS = 550
const GAP_MS = 220
const BREATH_MS = 700
const FEAST_MS = 2_600
const NOTES: readonly Chime[] = ['paw0', 'paw1', 'paw2', 'paw3']

type State = { readonly phase: GamePhase; readonly lit: number | undefined }
type Table = {
  game: Game
  state: State
  paws: number
  /** Ended when the child goes elsewhere. */
  gone: boolean
  readonly show: (state: State) => void
}

/** A game under way: on the screen's four paws, or with the toy connected, on its two. */
export function useGame(): State & {
  readonly paws: number
  readonly press: (paw: number) => void
  readonly begin: () => void
} {
  const toy = useValue(connection)
  const pet = toy.step === 'connected' ? toy.pet : undefined
  const paws = pet ? 2 : 4
  const [state, show] = useState<State>({ phase: 'waiting', lit: undefined })
  const table = useMemo<Table>(
    () => ({ game: { row: [], at: 0 }, state, paws, gone: false, show }),
    [paws],
  )
  useEffect(() => {
    change(table, { phase: 'waiting', lit: undefined })
    const unfollow = pet && followPaws(pet, (paw) => void pressed(table, paw))
    return () => {
      table.gone = true
      unfollow?.()
    }
  }, [table])
  const start = (): void => {
    table.game = begin(paws, Math.random)
    void showRow(table)
  }
  return { ...state, paws, press: (paw) => void pressed(table, paw), begin: start }
}

async function showRow(table: Table, said: string = words.watch): Promise<void> {
  change(table, { phase: 'showing', lit: undefined })
  announce(said)
  await wait(BREATH_MS)
  for (const paw of table.game.row) {
    if (table.gone) return
    await light(table, paw, SHOWN_MS)
    await wait(GAP_MS)
  }
  if (table.gone) return
  change(table, { phase: 'turn' })
  announce(words.yourTurn)
}

async function light(table: Table, paw: number, ms: number): Promise<void> {
  change(table, { lit: paw })
  void chime(NOTES[paw] ?? 'paw0')
  shine(true)
  await wait(ms)
  shine(false)
  if (table.state.lit === paw) change(table, { lit: undefined })
}

async function pressed(table: Table, paw: number): Promise<void> {
  if (table.gone || table.state.phase !== 'turn' || table.game.row.length === 0) return
  const { game, told } = press(table.game, paw, { paws: table.paws, random: Math.random })
  table.game = game
  if (told === 'right') return light(table, paw, SHOWN_MS / 2)
  change(table, { phase: 'showing' })
  if (told === 'other') {
    await chime('other')
    return showRow(table, words.again)
  }
  await light(table, paw, SHOWN_MS)
  if (told === 'finished') await feast(table)
  return table.gone ? undefined : showRow(table)
}

async function feast(table: Table): Promise<void> {
  change(table, { phase: 'feast' })
  announce(words.feast)
  void chime('feast')
  await wait(FEAST_MS)
}

function change(table: Table, what: Partial<State>): void {
  table.state = { ...table.state, ...what }
  if (!table.gone) table.show(table.state)
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
