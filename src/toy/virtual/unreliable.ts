/** A notification on its way to the phone. */
export type Notification = { characteristic: string; bytes: Uint8Array }

/**
 * What happens to the `nth` notification (from 1) of a characteristic: it is lost, comes twice, or
 * comes after the next one.
 */
export type Fault = { kind: 'drop' | 'duplicate' | 'reorder'; characteristic: string; nth: number }

/** A sender of notifications through air that has these faults. */
export function unreliable(
  faults: readonly Fault[],
  send: (notification: Notification) => void,
): (notification: Notification) => void {
  const counts = new Map<string, number>()
  let held: Notification | undefined
  const pass = (notification: Notification, kind: Fault['kind'] | undefined): void => {
    if (kind === 'drop') return
    send(notification)
    if (kind === 'duplicate') send(notification)
  }
  return (notification) => {
    const nth = (counts.get(notification.characteristic) ?? 0) + 1
    counts.set(notification.characteristic, nth)
    const fault = faults.find(
      (one) => one.characteristic === notification.characteristic && one.nth === nth,
    )
    if (fault?.kind === 'reorder' && held === undefined) {
      held = notification
      return
    }
    pass(notification, fault?.kind)
    if (held === undefined) return
    const late = held
    held = undefined
    send(late)
  }
}
