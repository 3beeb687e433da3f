/**
 * The network of a source, truncated to a /24 or a /48: enough to recognise one's home by, too
 * little to find anybody. Empty where it is not known.
 */
export function placeOf(source: string | undefined): string {
  if (source === undefined) return ''
  const dotted = /^(\d+\.\d+\.\d+)\.\d+$/.exec(source)?.[1]
  if (dotted !== undefined) return `${dotted}.0/24`
  const groups = /^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):/.exec(source)?.[1]
  return groups === undefined ? '' : `${groups}::/48`
}

/** In this order: most browsers claim to be others, too. */
const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: typeof BROWSERS = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** The family of a browser, such as "Firefox on Android", without versions; empty for others. */
export function browserOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 512)
  const [browser, system] = [BROWSERS, SYSTEMS].map(
    (list) => list.find(([pattern]) => pattern.test(text))?.[1],
  )
  if (browser === undefined) return ''
  return system === undefined ? browser : `${browser} on ${system}`
}
