import type { JSX } from 'preact'
import type { DeletionRecord } from '../../client/account.ts'
import { createValue, useValue } from '../platform/value.ts'
import { Link } from '../ui/link.tsx'
import { Screen } from '../ui/screen.tsx'
import { account as words } from './account-texts.ts'
import { saveJson } from './save.ts'

/** What the server said when the account was deleted. It is gone with this window. */
export const receipt = createValue<DeletionRecord | undefined>(undefined)

/** After an account was deleted; nobody is signed in any more. */
export function Goodbye(): JSX.Element {
  const record = useValue(receipt)
  return (
    <Screen title={words.goodbyeTitle}>
      <p class="lead">{words.goodbye}</p>
      <p>{words.goodbyeDevice}</p>
      <div class="buttons">
        {record && (
          <button type="button" class="button" onClick={() => saveJson(record, words.goodbyeFile)}>
            {words.goodbyeSave}
          </button>
        )}
        <Link to="/" class="button">
          {words.goodbyeDone}
        </Link>
      </div>
    </Screen>
  )
}
