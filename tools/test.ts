import { installPackages } from './packages.ts'
import { run } from './run.ts'

/** `npm test`: everything that every change must pass. Nothing is skipped without a printed reason. */
const STEPS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['node', 'tools/check.ts'],
  ['vite', 'build', '--logLevel', 'warn'],
  [
    'node',
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=2',
    '--test-timeout=900000',
    'src/**/*.test.ts',
    'test/**/*.test.ts',
  ],
]

async function everything(): Promise<boolean> {
  if (!(await installPackages())) return false
  for (const [program, ...args] of STEPS) {
    if ((await run(program, args)) !== 0) return false
  }
  return true
}

if (!(await everything())) process.exitCode = 1
