/**
 * With response: the toy has acknowledged the bytes when the promise resolves.
 * Without: they have been handed to the radio, nothing more.
 */
export type WriteMode = 'with-response' | 'without-response'

/**
 * The radio as a toy driver sees it: one toy, its GATT characteristics named by UUID (lower case),
 * and nothing else. Every failure is a PawpostError (`toy-gone`, `toy-busy`, `toy-timeout`, …).
 * A link carries one connection; after `close` or a loss a new link is needed.
 */
export interface ToyLink {
  /** The name the toy advertises. */
  readonly name: string
  /** Connects and discovers. Aborting `signal` gives up, closes and rejects with its reason. */
  connect(signal?: AbortSignal): Promise<void>
  read(characteristic: string): Promise<Uint8Array>
  /** Writes at most 20 bytes (the payload of an ATT packet of Bluetooth 4.0). */
  write(characteristic: string, bytes: Uint8Array, mode: WriteMode): Promise<void>
  /** Switches the characteristic's notifications on; resolves when the toy has agreed. */
  subscribe(characteristic: string, listener: (bytes: Uint8Array) => void): Promise<void>
  /** Called once when the connection ends, whoever ended it. */
  onDisconnect(listener: () => void): void
  /** Ends the connection; harmless when it has ended already. */
  close(): Promise<void>
}
