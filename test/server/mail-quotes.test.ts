import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account as inArabic } from '../../src/app/language/ar/account.ts'
import { settings as settingsInArabic } from '../../src/app/language/ar/app.ts'
import { notices as noticesInArabic } from '../../src/app/language/ar/notices.ts'
import { account as inSpanish } from '../../src/app/language/es/account.ts'
import { settings as settingsInSpanish } from '../../src/app/language/es/app.ts'
import { notices as noticesInSpanish } from '../../src/app/language/es/notices.ts'
import { account } from '../../src/app/account/account-texts.ts'
import { notices } from '../../src/app/notices/notices-texts.ts'
import { texts } from '../../src/app/texts.ts'
import { LANGUAGES } from '../../src/protocol/api/languages.ts'
import { WORDS } from '../../src/server/mail/mail.ts'

/** Screens are called in mails what they are called in the app. */
const SCREENS = {
  en: { settings: texts.settings, account, notices },
  es: { settings: settingsInSpanish, account: inSpanish, notices: noticesInSpanish },
  ar: { settings: settingsInArabic, account: inArabic, notices: noticesInArabic },
} as const

const SIGN_IN = { at: '', browser: '', system: '', place: '' }
const LISTS = { lists: [{ source: 'Shop', day: '2017-02-28' }], origin: '', isAsked: true }

function quotesIn(text: string): string[] {
  return [...text.matchAll(/["“«]([^"”»]+)["”»]/g)].map(([, quoted = '']) => quoted)
}

for (const language of LANGUAGES) {
  test(`mails in ${language} call the screens by their names`, () => {
    const words = WORDS[language]
    const { settings, account: mine, notices: post } = SCREENS[language]
    const quoted = [
      words.newBrowser(SIGN_IN),
      words.breached(),
      words.breach(LISTS),
      words.post({ host: 'h', origin: 'o', stop: 's' }),
    ].flatMap(({ text }) => quotesIn(text))
    const { title } = settings
    assert.deepEqual(quoted, [title, title, title, mine.passwordTitle, post.title])
  })
}
