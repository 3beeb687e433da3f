import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { texts } from '../texts.ts'

/** Says that there is no network, while there is none: nothing is lost by it. */
export function Offline(): JSX.Element {
  const [offline, setOffline] = useState(!navigator.onLine)
  useEffect(() => {
    const look = (): void => setOffline(!navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return (
    <p class="offline" role="status">
      {offline && texts.app.offline}
    </p>
  )
}
