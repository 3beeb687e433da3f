import type { Language } from '../../protocol/api/languages.ts'
import { ar } from './texts/ar.ts'
import { en, type Words } from './texts/en.ts'
import { es } from './texts/es.ts'

/** Everything that people read who are written to: complete in each language. */
export const WORDS: Readonly<Record<Language, Words>> = { en, es, ar }
