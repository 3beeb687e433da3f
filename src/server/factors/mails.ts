import { TRUSTED_DAYS } from '../../protocol/api/second-step.ts'
import { WORDS } from '../mail/mail.ts'
import type { Mail, Recipient } from '../platform/mail.ts'
import type { FactorNews } from './parts.ts'

/** Tells the owner of an account what happened to its factors. */
export function factorMail(news: FactorNews, who: Recipient): Mail {
  return { ...who, ...WORDS[who.language].factors[news]({ days: TRUSTED_DAYS }) }
}
