import { useEffect } from 'preact/hooks'

/** Asks before the window is closed in the middle of a transfer. */
export function useStayOnPage(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [on])
}
