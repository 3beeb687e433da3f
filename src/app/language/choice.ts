import { bestOf, isLanguage, PSEUDO, type Language, type Tag } from './languages.ts'

/** Where this browser keeps what was chosen: it is needed before anything else can be opened. */
const KEPT = 'pawpost-language'

/** What was chosen on this device, or else what its browser asks for. */
export function chosenTag(): Tag {
  if (typeof document === 'undefined') return 'en'
  const kept = readKept()
  if (kept === PSEUDO || (kept !== null && isLanguage(kept))) return kept
  return bestOf(navigator.languages)
}

/** Keeps `language` for this device and starts the page anew with it. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
  location.reload()
}

/** A browser that forbids storage has no choice kept. */
function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
