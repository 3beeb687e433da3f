import type { JSX } from 'preact'

/** The sign of Pawpost: a paw whose ball is a heart. Decoration only. */
export function Paw(): JSX.Element {
  return (
    <svg class="paw" viewBox="60 80 392 350" aria-hidden="true">
      <ellipse cx="116" cy="226" rx="40" ry="53" transform="rotate(-26 116 226)" />
      <ellipse cx="202" cy="152" rx="43" ry="58" transform="rotate(-8 202 152)" />
      <ellipse cx="310" cy="152" rx="43" ry="58" transform="rotate(8 310 152)" />
      <ellipse cx="396" cy="226" rx="40" ry="53" transform="rotate(26 396 226)" />
      <path d="M256 434.600c-13.800 0-104.900-59.300-104.900-116.100 0-36.100 28.400-57.600 55.900-57.600 20.600 0 38.700 10.300 49 28.400 10.300-18.100 28.400-28.400 49-28.400 27.500 0 55.900 21.500 55.900 57.600 0 56.800-91.200 116.100-104.900 116.100z" />
    </svg>
  )
}
