import { capture } from './run.ts'

/** `npm run check`: types, lint, format and the unit tests, side by side; what fails is shown whole. */
const STEPS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['types', 'tsc', '-b'],
  ['lint', 'oxlint', '--type-aware'],
  ['format', 'oxfmt', '--check'],
  [
    'unit tests',
    'node',
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-reporter=dot',
    'src/**/*.test.ts',
    'test/architecture.test.ts',
  ],
]

const results = await Promise.all(
  STEPS.map(async ([name, program, ...args]) => {
    const started = performance.now()
    const { code, output } = await capture(program, args)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    return { name, code, output, seconds }
  }),
)

for (const { name, code, output, seconds } of results) {
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (code !== 0) console.log(output)
}
if (results.some(({ code }) => code !== 0)) process.exitCode = 1
