import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'

/** How a secret is asked for at a terminal. */
export type Question = {
  readonly says: string
  /** It is good once and hard to type blindly: it is shown. */
  readonly shown?: true
}

/**
 * Secrets, one line of standard input each: undefined when there is no further line. At a terminal
 * the question is asked on standard error, and what is typed stays unseen unless it may be seen.
 */
export type ReadSecret = (question: Question) => Promise<string | undefined>

/** A terminal is asked anew for each line; of a pipe, lines are taken as they come. */
export function readSecrets(
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): { readonly read: ReadSecret; readonly isAsking: boolean } & Disposable {
  if (input.isTTY) {
    const read: ReadSecret = (question) => askAtTerminal(input, output, question)
    return { read, isAsking: true, [Symbol.dispose]: () => undefined }
  }
  let lines: Interface | undefined
  let taken: AsyncIterator<string> | undefined
  const read: ReadSecret = async () => {
    lines ??= createInterface({ input, crlfDelay: Infinity })
    taken ??= lines[Symbol.asyncIterator]()
    const { value, done } = await taken.next()
    return done === true ? undefined : value
  }
  return {
    read,
    isAsking: false,
    [Symbol.dispose]() {
      lines?.close()
      // A pipe that its writer holds open keeps nobody waiting.
      if (lines) input.destroy()
    },
  }
}

/** One line; undefined at the end of input. Control and C ends the program as ever. */
async function askAtTerminal(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  { says, shown }: Question,
): Promise<string | undefined> {
  output.write(`${says}: `)
  // The terminal itself repeats nothing while a line is edited here; what is unseen goes nowhere.
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: shown ? output : unseen, terminal: true })
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(undefined))
      lines.once('SIGINT', () => {
        lines.close()
        process.kill(process.pid, 'SIGINT')
      })
    })
  } finally {
    lines.close()
    if (!shown) output.write('\n')
  }
}
