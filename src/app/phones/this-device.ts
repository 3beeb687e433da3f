import type { Label } from '../../keys/pairing.ts'
import { phones as words } from './phones-texts.ts'

/** Looked for in this order: most browsers also name those before them. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** What this device is called among those of its person; empty where its browser does not say. */
export function labelOf(agent: string): Label {
  return { browser: firstIn(BROWSERS, agent), system: firstIn(SYSTEMS, agent) }
}

/** What a device is called on a screen. */
export function calledBy(label: Label | undefined): string {
  const { browser = '', system = '' } = label ?? {}
  if (browser !== '' && system !== '') return words.named(browser, system)
  return browser || system || words.unnamed
}

function firstIn(known: readonly (readonly [RegExp, string])[], agent: string): string {
  return known.find(([pattern]) => pattern.test(agent))?.[1] ?? ''
}
