import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './run.ts'

/** `npm run bench [-- NAME]`: every `test/bench/NAME.ts` exports `bench`, which gives its figures. */
type Figure = { readonly name: string; readonly value: number; readonly unit: string }
type Suite = { readonly bench: () => Promise<readonly Figure[]> }

const folder = join(ROOT, 'test/bench')
const wanted = process.argv[2]

for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts'))) {
  const name = file.replace(/\.ts$/, '')
  if (wanted !== undefined && wanted !== name) continue
  const suite = (await import(pathToFileURL(join(folder, file)).href)) as Suite
  for (const figure of await suite.bench()) {
    console.log(
      `${name.padEnd(10)} ${figure.name.padEnd(48)} ${round(figure.value)} ${figure.unit}`,
    )
  }
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}
