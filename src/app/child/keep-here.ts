/**
 * Holds the browser's back button: each step back meets an entry of the same page again. Who leaves the
 * page by the address bar comes to the child's screen, too, wherever they go in the app.
 */
export function keepHere(): () => void {
  const stay = (): void => history.pushState(null, '', '/child')
  if (location.pathname !== '/child') history.replaceState(null, '', '/child')
  stay()
  addEventListener('popstate', stay)
  return () => removeEventListener('popstate', stay)
}
