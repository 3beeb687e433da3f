const PAGES = /^\/(reset|unblock|unsubscribe)\/?$/
/** What mail programs post to; somebody may also open it, with the code in the path. */
const ONE_CLICK = /^\/unsubscribe\/([\w-]{22})$/

let code = ''

/**
 * Reads the code of a mailed link out of the address bar and takes it away from there at once. It
 * lives on in this window only, until it is loaded again.
 */
export function takeMailedCode(): void {
  const [, posted] = ONE_CLICK.exec(location.pathname) ?? []
  if (posted !== undefined) {
    code = posted
    history.replaceState(null, '', '/unsubscribe')
  }
  if (!PAGES.test(location.pathname) || location.hash.length < 2) return
  code = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
}

/** The code that this window was opened with; empty if there is none. */
export function mailedCodeHere(): string {
  return code
}
