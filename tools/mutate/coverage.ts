import { Session, type Profiler } from 'node:inspector/promises'
import { fileOf, urlOf } from './loader.ts'

/** Stretches of one file that ran (or did not), outer ones before those inside them. */
export type Stretches = readonly (readonly [start: number, end: number, ran: boolean])[]

/** What ran since the last time, by file. */
export type Coverage = Readonly<Record<string, Stretches>>

/** Watches which parts of some files run. Types are blanked out, so offsets are the source's own. */
export async function watchCoverage(
  watched: (file: string) => boolean,
): Promise<() => Promise<Coverage>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ours = result.filter(({ url }) => isCurrent(url) && watched(fileOf(url)))
    return Object.fromEntries(ours.map((script) => [fileOf(script.url), stretchesOf(script)]))
  }
}

function isCurrent(url: string): boolean {
  return url.startsWith('file:') && url === urlOf(fileOf(url))
}

function stretchesOf({ functions }: Profiler.ScriptCoverage): Stretches {
  return functions
    .flatMap(({ ranges }) => ranges)
    .map(({ startOffset, endOffset, count }) => [startOffset, endOffset, count > 0] as const)
    .toSorted(([a, b], [c, d]) => a - c || d - b)
}

/** Whether what stands at an offset ran. */
export function ran(stretches: Stretches | undefined, at: number): boolean {
  return stretches?.findLast(([start, end]) => start <= at && at < end)?.[2] ?? false
}
