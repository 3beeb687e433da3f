/** Whether the browser promises not to clear our storage by itself when the disk is full. */
export async function isPersistent(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false
}

/** Asks for that promise. Some browsers ask the person, so it follows something they did. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}
