/** Whether the page is read from the right, as Arabic is. */
export function isRightToLeft(): boolean {
  return getComputedStyle(document.documentElement).direction === 'rtl'
}
