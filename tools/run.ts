import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The checkout's root folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program to its end, its output passed on, and gives its exit code. */
export function run(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs a program to its end and gives its exit code and what it printed. */
export function capture(
  program: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
