/** Keeps the screen on while `work` runs, where the browser can: a dark phone stops the sound. */
export async function keepAwake<T>(work: () => Promise<T>): Promise<T> {
  const lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  try {
    return await work()
  } finally {
    await lock?.release()
  }
}

/** The same until the returned function is called, and again whenever the page is seen again. */
export function hold(): () => void {
  let lock: WakeLockSentinel | undefined
  let wanted = true
  const ask = (): void => {
    if (document.hidden) return
    const asked = navigator.wakeLock?.request('screen')
    asked?.then(
      (granted) => {
        if (wanted) lock = granted
        else void granted.release()
      },
      () => undefined,
    )
  }
  ask()
  document.addEventListener('visibilitychange', ask)
  return () => {
    wanted = false
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
