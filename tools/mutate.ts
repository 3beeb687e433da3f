import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { campaign, type Options, type Report } from './mutate/campaign.ts'
import { figuresOf, passes, tell } from './mutate/report.ts'
import { keyPlane } from './mutate/suite.ts'
import { capture, ROOT } from './run.ts'

/**
 * `npm run mutate [-- --file PART] [--sample N --seed N]`: removes or inverts each check of the key
 * plane, one at a time, and fails on any that the tests do not notice and that is not listed with
 * its proof in `tools/mutate/equivalent.json`. A whole campaign writes `docs/evidence/mutate.json`.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
})

const started = performance.now()
const whole = keyPlane()
const part = (file: string): boolean => file.includes(values.file ?? '')
const suite = {
  ...whole,
  sources: whole.sources.filter(part),
  equivalent: whole.equivalent.filter(({ file }) => part(file)),
}
const sample = values.sample && {
  sample: { size: Number(values.sample), seed: Number(values.seed) },
}
const report = await campaign(suite, {
  workers: Number(values.workers),
  ...sample,
  onResult: showProgress,
})
for (const line of tell(report)) console.log(line)
if (!passes(report)) process.exitCode = 1
if (values.file === undefined && values.sample === undefined) await keep(report)

function showProgress(
  { mutant, fate, by }: Parameters<NonNullable<Options['onResult']>>[0],
  done: number,
  of: number,
): void {
  if (fate === 'survived') console.log(`survived ${mutant.file}:${mutant.line} ${mutant.now}`)
  if (process.env['PAWPOST_DEBUG'])
    console.log(`${done}/${of} ${fate} ${mutant.file}:${mutant.line} ${by ?? ''}`)
  else if (done % 100 === 0) console.log(`${done} of ${of}`)
}

async function keep(report: Report): Promise<void> {
  const { output } = await capture('git', ['rev-parse', 'HEAD'])
  const seconds = Math.round((performance.now() - started) / 1000)
  const evidence = { name: 'mutate', commit: output.trim(), seconds, ...figuresOf(report) }
  await mkdir(join(ROOT, 'docs/evidence'), { recursive: true })
  const file = join(ROOT, 'docs/evidence/mutate.json')
  await writeFile(file, `${JSON.stringify(evidence, undefined, 2)}\n`)
}
