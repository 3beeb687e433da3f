import { z } from 'zod'

/**
 * The languages in which the server writes mails, as BCP 47 tags. The first is for everybody who asks
 * for none of them.
 */
export const LANGUAGES = ['en', 'es', 'ar'] as const
export const languageTag = z.enum(LANGUAGES)
export type Language = z.output<typeof languageTag>
