/** Long enough to be spoken; then it is gone, so that nobody finds old news when reading on. */
const SPOKEN_MS = 5_000

/**
 * Says something to who listens to the screen: recording started, seconds left, sent. The region
 * lies outside of what is drawn, so that no redrawing swallows it.
 */
export function announce(words: string): void {
  const region = document.getElementById('announcer')
  if (!region) return
  // A line of its own each time: the same words twice are spoken twice.
  const line = document.createElement('p')
  line.textContent = words
  region.append(line)
  setTimeout(() => line.remove(), SPOKEN_MS)
}
