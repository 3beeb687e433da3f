import type { JSX } from 'preact'

/** Digits, large and in two groups; read out one by one. */
export function Digits({ label, digits }: { label: string; digits: string }): JSX.Element {
  const half = digits.length / 2
  const spoken = `${label}: ${digits.split('').join(' ')}`
  return (
    <p class="digits">
      <span class="visually-hidden">{spoken}</span>
      <span aria-hidden="true" data-digits={digits}>
        <span>{digits.slice(0, half)}</span>
        <span>{digits.slice(half)}</span>
      </span>
    </p>
  )
}
