import { samplesOf } from './decode.ts'
import { peaksOf } from './peaks.ts'
import { createKeyed } from '../platform/keyed.ts'

/** Pictures of voices, 40 bytes each, for as long as the window lives; sounds are never kept. */
export const pictures = createKeyed<Uint8Array>()

const MOST = 2_000
const known: string[] = []
const wanted = new Map<string, () => Promise<Uint8Array>>()
let isDrawing = false

/** Makes the picture of a sound that was decoded anyway. */
export function keepPeaks(id: string, samples: Float32Array): void {
  if (pictures.get(id)) return
  peaksOf(samples).then((peaks) => keep(id, peaks), reportError)
}

/** Wants the picture of a voice that is on the screen, until the returned function is called. */
export function wantPeaks(id: string, load: () => Promise<Uint8Array>): () => void {
  if (pictures.get(id)) return () => undefined
  wanted.set(id, load)
  void draw()
  return () => wanted.delete(id)
}

/** One after the other: a screen full of voices must not decode them all at once. */
async function draw(): Promise<void> {
  if (isDrawing) return
  isDrawing = true
  for (let next = first(); next; next = first()) {
    const [id, load] = next
    wanted.delete(id)
    // Without a picture there is still the player, which says what is wrong.
    const peaks = await picture(load).catch(() => undefined)
    if (peaks) keep(id, peaks)
  }
  isDrawing = false
}

function first(): [string, () => Promise<Uint8Array>] | undefined {
  const [entry] = wanted
  return entry
}

async function picture(load: () => Promise<Uint8Array>): Promise<Uint8Array> {
  return peaksOf(await samplesOf(await load()))
}

function keep(id: string, peaks: Uint8Array): void {
  if (!pictures.get(id)) known.push(id)
  pictures.set(id, peaks)
  const oldest = known.length > MOST ? known.shift() : undefined
  if (oldest !== undefined) pictures.set(oldest, undefined)
}
