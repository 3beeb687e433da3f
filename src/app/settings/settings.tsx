import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { LanguageChoice } from '../language/language-choice.tsx'
import { people } from '../family/people-texts.ts'
import { notices } from '../notices/notices-texts.ts'
import { askToPersist, isPersistent } from '../platform/persistence.ts'
import { PhonesSection } from '../phones/one-way.tsx'
import { texts } from '../texts.ts'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { Card } from './card.tsx'
import { SignOut } from './sign-out.tsx'

const words = texts.settings

/** What belongs to this device. `back` for who has no menu. */
export function Settings({ back }: { back?: string }): JSX.Element {
  return (
    <Screen title={words.title} {...(back !== undefined && { back })}>
      <section>
        <h2>{words.account}</h2>
        <div class="places">
          <Link to="/settings/me" class="place">
            {people.aboutMe}
          </Link>
          <Link to="/settings/notices" class="place">
            {notices.open}
          </Link>
          <Link to="/settings/check-up" class="place">
            {words.checkUp}
          </Link>
          <Link to="/settings/signing-in" class="place">
            {words.signingIn}
          </Link>
          <Link to="/settings/password" class="place">
            {words.password}
          </Link>
          <Link to="/settings/sessions" class="place">
            {words.sessions}
          </Link>
          <Link to="/settings/data" class="place">
            {words.data}
          </Link>
          <Link to="/guide" class="place">
            {words.guide}
          </Link>
        </div>
      </section>
      <section>
        <h2>{words.language}</h2>
        <LanguageChoice />
      </section>
      <PhonesSection />
      <Storage />
      <Card />
      <section>
        <h2>{words.safety}</h2>
        <p>{words.safetySays}</p>
      </section>
      <section>
        <h2>{texts.refused.settings}</h2>
        <p>{texts.refused.settingsSays}</p>
        <Link to="/settings/refused" class="button">
          {texts.refused.open}
        </Link>
      </section>
      <SignOut />
    </Screen>
  )
}

/** Whether the browser promises to keep what is here, and a way to ask it. */
function Storage(): JSX.Element {
  const [kept, setKept] = useState<boolean | undefined>(undefined)
  useEffect(() => {
    void isPersistent().then(setKept)
  }, [])
  return (
    <section>
      <h2>{words.storage}</h2>
      {kept !== undefined && <p>{kept ? words.persistent : words.fleeting}</p>}
      {kept === false && (
        <button type="button" class="button" onClick={() => void askToPersist().then(setKept)}>
          {words.ask}
        </button>
      )}
    </section>
  )
}
