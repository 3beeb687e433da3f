/** Seconds that a press of a key moves: short voices by one, long ones by five. */
const LONG_S = 60
const STEPS = { short: 1, long: 5 } as const
const PAGE_S = 10

/** Where a press of `key` on the slider goes, in seconds; nothing for other keys. */
export function seekByKey(
  key: string,
  position: number,
  { seconds, isRightToLeft }: { seconds: number; isRightToLeft: boolean },
): number | undefined {
  const step = seconds > LONG_S ? STEPS.long : STEPS.short
  const forward = isRightToLeft ? -step : step
  const moves: Record<string, number> = {
    ArrowRight: position + forward,
    ArrowLeft: position - forward,
    ArrowUp: position + step,
    ArrowDown: position - step,
    PageUp: position + PAGE_S,
    PageDown: position - PAGE_S,
    Home: 0,
    End: seconds,
  }
  const to = moves[key]
  return to === undefined ? undefined : Math.max(0, Math.min(seconds, to))
}
