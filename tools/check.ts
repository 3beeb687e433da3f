import { globSync } from 'node:fs'
import { capture, ROOT } from './run.ts'

/**
 * `npm run check`: types, lint, format and the unit tests, side by side; what fails is shown whole.
 * Suites named `*.slow.test.ts` (properties, enumerations) are for `npm test`.
 */
const NODE_TEST = [
  'node',
  '--disable-warning=ExperimentalWarning',
  '--test',
  '--test-isolation=none',
  '--test-reporter=dot',
] as const

function unitTests(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: ROOT }).filter((file) => !file.endsWith('.slow.test.ts'))
}

const STEPS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['types', 'tsc', '-b'],
  ['lint', 'oxlint', '--type-aware'],
  ['format', 'oxfmt', '--check'],
  ['unit tests, one half', ...NODE_TEST, ...unitTests('src/{protocol,client,toy}/**/*.test.ts')],
  [
    'unit tests, other half',
    ...NODE_TEST,
    ...unitTests('src/{app,cli,keys,server}/**/*.test.ts'),
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
