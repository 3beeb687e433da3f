import { setHanded } from '../platform/handed.ts'
import { navigate } from '../platform/router.ts'

/** The device is an adult's again. */
export function takeBack(): void {
  setHanded(false)
  navigate('/', { replace: true })
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
}
