/** From when to when, such as 21:00 to 07:00, by the clock of this device. */
export type QuietHours = { readonly from: string; readonly to: string }

/** What the app hands to its service worker, which knows neither its language nor its settings. */
export type NoticeWords = {
  readonly kind: 'notice-words'
  readonly title: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly quiet?: QuietHours
}
