const PAGES = /^\/(reset|unblock)\/?$/

let code = ''

/**
 * Reads the code of a mailed link out of the address bar and takes it away from there at once. It
 * lives on in this window only, until it is loaded again.
 */
export function takeMailedCode(): void {
  if (!PAGES.test(location.pathname) || location.hash.length < 2) return
  code = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
}

/** The code that this window was opened with; empty if there is none. */
export function mailedCodeHere(): string {
  return code
}
