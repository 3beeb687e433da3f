import type { JSX } from 'preact'
import { chooseLanguage } from './choice.ts'
import { language } from './language.ts'
import { isLanguage, LANGUAGES } from './languages.ts'

/** The languages to choose from, each in its own: who cannot read this page finds theirs. */
export function LanguageChoice(): JSX.Element {
  return (
    <ul class="languages">
      {Object.keys(LANGUAGES)
        .filter(isLanguage)
        .map((tag) => (
          <li key={tag}>
            <button
              type="button"
              class="button quiet"
              lang={tag}
              dir={LANGUAGES[tag].dir}
              aria-current={tag === language}
              onClick={() => chooseLanguage(tag)}
            >
              {LANGUAGES[tag].name}
            </button>
          </li>
        ))}
    </ul>
  )
}
