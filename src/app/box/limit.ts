/** The longest recording that a toy takes; the client's own number, without all that comes with it. */
export const LIMIT_MS = 39_000
