import { bestOf, isLanguage, PSEUDO, type Language, type Tag } from './languages.ts'

/** Where this browser keeps what was chosen: it is needed before anything else can be opened. */
const KEPT = 'pawpost-language'
/** And of which choice the server knows, which writes mails in it. */
const TOLD = 'pawpost-language-told'

/** What was chosen on this device, or else what its browser asks for. */
export function chosenTag(): Tag {
  if (typeof document === 'undefined') return 'en'
  const kept = read(KEPT)
  if (kept === PSEUDO || (kept !== null && isLanguage(kept))) return kept
  return bestOf(navigator.languages)
}

/** Keeps `language` for this device and starts the page anew with it. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
  location.reload()
}

/** What was chosen here and the server was not told yet. */
export function untoldChoice(): Language | undefined {
  const kept = read(KEPT)
  return kept !== null && isLanguage(kept) && kept !== read(TOLD) ? kept : undefined
}

/** From now on the server knows of the choice. */
export function noteTold(language: Language): void {
  localStorage.setItem(TOLD, language)
}

/** A browser that forbids storage has no choice kept. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
