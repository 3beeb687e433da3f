/**
 * Why the server cannot start (or go on), in words for the person who starts it: what is wrong and
 * what to do. Shown as it is, without a stack; the only kind of error that may name paths.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}
