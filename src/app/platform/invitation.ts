const SLOT = 'invitation'

/**
 * Reads an invitation, or the link by which another phone comes in, out of the address bar and takes it away from there at once, before anything
 * can be drawn, copied or shared. It lives on in this tab only. Called first of all.
 */
export function takeInvitation(): void {
  if (!/^\/[jd](\/|$)/.test(location.pathname)) return
  if (location.hash.length > 1) sessionStorage.setItem(SLOT, location.href)
  history.replaceState(null, '', '/')
}

/** The invitation that this tab was opened with, if any. */
export function invitationHere(): string | undefined {
  return sessionStorage.getItem(SLOT) ?? undefined
}

/** Whether a link is for another phone of somebody who is in already. */
export function isForPhone(link: string): boolean {
  return new URL(link).pathname.startsWith('/d/')
}

/** Keeps a link that was pasted by hand. */
export function keepInvitation(link: string): void {
  sessionStorage.setItem(SLOT, link)
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(SLOT)
}
