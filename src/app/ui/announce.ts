/**
 * Says something to who listens to the screen: recording started, seconds left, sent. The region
 * lies outside of what is drawn, so that no redrawing swallows it.
 */
export function announce(words: string): void {
  const region = document.getElementById('announcer')
  if (!region) return
  // The same words twice are only spoken if they change in between.
  region.textContent = ''
  setTimeout(() => (region.textContent = words), 50)
}
