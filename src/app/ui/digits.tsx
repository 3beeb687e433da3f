import type { JSX } from 'preact'

/** Six digits, large and in two groups; read out one by one. */
export function Digits({ label, digits }: { label: string; digits: string }): JSX.Element {
  const spoken = `${label}: ${digits.split('').join(' ')}`
  return (
    <p class="digits">
      <span class="visually-hidden">{spoken}</span>
      <span aria-hidden="true" data-digits={digits}>
        <span>{digits.slice(0, 3)}</span>
        <span>{digits.slice(3)}</span>
      </span>
    </p>
  )
}
