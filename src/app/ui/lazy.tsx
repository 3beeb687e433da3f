import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { modules } from '../platform/modules.ts'
import { texts } from '../texts.ts'
import { Screen } from './screen.tsx'
import { Wait } from './wait.tsx'

type Props = Record<string, unknown> | object

/** A screen whose script comes when it is first shown. */
export function lazy<P extends Props>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props) {
    const [failed, setFailed] = useState(false)
    const [, redraw] = useState({})
    const Screen = loaded
    useEffect(() => {
      // It may have come for another place between drawing and now: then this one is drawn again.
      if (Screen) return
      modules()
        .then(load)
        .then(
          (screen) => {
            loaded = screen
            redraw({})
          },
          () => setFailed(true),
        )
    }, [])
    if (Screen) return <Screen {...props} />
    return failed ? <Reload /> : <Wait />
  }
}

function Reload(): JSX.Element {
  return (
    <Screen title={texts.app.name}>
      <p class="lead" role="alert">
        {texts.app.notLoaded}
      </p>
      <button type="button" class="button primary" onClick={() => location.reload()}>
        {texts.app.reload}
      </button>
    </Screen>
  )
}
