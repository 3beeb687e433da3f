/** Keeps the screen on while `work` runs, where the browser can: a dark phone stops the sound. */
export async function keepAwake<T>(work: () => Promise<T>): Promise<T> {
  const lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
  try {
    return await work()
  } finally {
    await lock?.release()
  }
}
