/** Wrong usage of the command line: its message is the line to type. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
