import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split('@media')

function colours(block: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', colour = ''] of block.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)) {
    found[name] = colour
  }
  return found
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const full = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour
  const [r = 0, g = 0, b = 0] = (full.match(/[0-9a-f]{2}/g) ?? []).map((pair) => {
    const value = Number.parseInt(pair, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}

/** Ink and the grounds it is set on. */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  ink: ['ground', 'card', 'sunk', 'tint', 'warn-tint'],
  'ink-soft': ['ground', 'card', 'sunk', 'tint'],
  accent: ['ground', 'card', 'sunk', 'tint'],
  'accent-deep': ['tint'],
  'on-accent': ['accent', 'accent-deep'],
  'on-live': ['live'],
  good: ['ground', 'card', 'sunk'],
  bad: ['bad-tint', 'ground', 'card', 'sunk'],
}

/** Borders and marks that carry meaning need 3 to 1. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  edge: ['ground', 'card', 'sunk'],
  focus: ['ground', 'card', 'sunk', 'tint'],
  accent: ['ground', 'card', 'sunk', 'tint'],
  live: ['ground'],
}

const themes = { light: colours(light), dark: { ...colours(light), ...colours(dark) } }
for (const [theme, palette] of Object.entries(themes)) {
  test(`the ${theme} theme is readable`, () => {
    assert.ok(Object.keys(palette).length > 15)
    check(palette, TEXT, 4.5)
    check(palette, MARKS, 3)
  })
}

function check(
  palette: Record<string, string>,
  pairs: Readonly<Record<string, readonly string[]>>,
  least: number,
): void {
  for (const [ink, grounds] of Object.entries(pairs)) {
    for (const ground of grounds) {
      const measured = contrast(palette[ink] ?? '', palette[ground] ?? '')
      assert.ok(measured >= least, `${ink} on ${ground}: ${measured.toFixed(2)}`)
    }
  }
}
