import { WORDS } from '../mail/mail.ts'
import type { Mail, Recipient } from '../platform/mail.ts'
import type { Entry } from '../sessions/sessions.ts'
import { CODE_MINUTES as minutes } from './parts.ts'

/** What an account's owner, or whoever says to be that, is written. */

export function codeMail(who: Recipient, code: string): Mail {
  return { ...who, ...WORDS[who.language].code({ code, minutes }) }
}

export function knownMail(who: Recipient): Mail {
  return { ...who, ...WORDS[who.language].known() }
}

export function blockedMail(who: Recipient, link: string): Mail {
  return { ...who, ...WORDS[who.language].blocked({ link, minutes }) }
}

export function newBrowserMail(who: Recipient, { place, browser: family, at }: Entry): Mail {
  const [browser = '', system = ''] = family.split(' on ')
  const moment = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return { ...who, ...WORDS[who.language].newBrowser({ at: moment, browser, system, place }) }
}

export function passwordChangedMail(who: Recipient): Mail {
  return { ...who, ...WORDS[who.language].passwordChanged() }
}

export function resetMail(who: Recipient, way: { link: string; code: string }): Mail {
  return { ...who, ...WORDS[who.language].reset({ ...way, minutes }) }
}

export function breachedMail(who: Recipient): Mail {
  return { ...who, ...WORDS[who.language].breached() }
}

export function mustChangeMail(who: Recipient, way: { link: string; code: string }): Mail {
  return { ...who, ...WORDS[who.language].mustChange({ ...way, minutes }) }
}

export function deletedMail(who: Recipient): Mail {
  return { ...who, ...WORDS[who.language].deleted() }
}
