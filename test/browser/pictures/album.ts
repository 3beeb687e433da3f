import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { type Camera, inEveryLook, type Look, LOOKS } from '../picture.ts'
import { BOOK, type Chapter, NAMES } from './catalogue.ts'

/** Where the pictures lie that are kept. */
export const ALBUM = join(import.meta.dirname, '../../../docs/screens')
export const INDEX = 'README.md'

// Words stay readable, and all pictures together fit into a repository.
/** Of 100. */
const QUALITY = 10
const SCALES = { phone: 1, desktop: 0.75 } as const
/** Pixels; what is longer goes on in the app. */
const MOST_HEIGHT = 1600

export const fileOf = (name: string, look: Look): string => `${name}.${look}.webp`

/** Everything that belongs into the album, the index too. */
export function filesOf(names: readonly string[]): readonly string[] {
  return [INDEX, ...names.flatMap((name) => LOOKS.map((look) => fileOf(name, look)))]
}

/** Takes the pictures of the catalogue into the album, and notes in `taken` which those were. */
export function albumCamera(taken: Set<string>): Camera {
  return {
    async picture(page, name) {
      if (!NAMES.includes(name)) return
      if (taken.has(name)) throw new Error(`two pictures are called ${name}`)
      await mkdir(ALBUM, { recursive: true })
      await inEveryLook(page, async (look) => {
        await writeFile(join(ALBUM, fileOf(name, look)), await webp(page, look))
      })
      taken.add(name)
      console.log(`${taken.size}/${NAMES.length} ${name}`)
    },
    // Only for who looks for trouble.
    detail: () => Promise.resolve(),
  }
}

/**
 * One session for each page, left open: one that is closed would take the page's virtual
 * authenticator along, whoever made it.
 */
const sessions = new WeakMap<Page, Promise<CDPSession>>()

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, known)
  return known
}

/** What the window shows. Playwright itself makes PNG and JPEG only. */
async function webp(page: Page, look: Look): Promise<Buffer> {
  const session = await sessionOf(page)
  // What an earlier look had to draw is drawn.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  )
  const { cssVisualViewport: shown } = await session.send('Page.getLayoutMetrics')
  const scale = look.startsWith('phone') ? SCALES.phone : SCALES.desktop
  const height = Math.min(shown.clientHeight, MOST_HEIGHT)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: { x: shown.pageX, y: shown.pageY, width: shown.clientWidth, height, scale },
  })
  return Buffer.from(data, 'base64')
}

/** Removes what is no picture of the catalogue any more; gives the names of those files. */
export async function removeStale(): Promise<readonly string[]> {
  const known = new Set(filesOf(NAMES))
  const stale = (await readdir(ALBUM)).filter((file) => !known.has(file))
  for (const file of stale) await rm(join(ALBUM, file), { recursive: true })
  return stale
}

/** The page that shows them all. */
export function indexOf(book: readonly Chapter[]): string {
  const count = book.reduce((sum, { pictures }) => sum + Object.keys(pictures).length, 0)
  return [
    '# Every screen',
    '',
    `${count} pictures of the app in a real browser, phone and desktop, light and dark. Made by ` +
      '`npm run screens`, with this page: edit `test/browser/pictures`, not this.',
    '',
    ...book.flatMap(chapter),
  ].join('\n')
}

function chapter({ title, pictures }: Chapter): readonly string[] {
  const head = LOOKS.map((look) => look.replace('.', ', '))
  const rows = Object.entries(pictures).map(([name, [says]]) => {
    const cells = LOOKS.map((look) => image(name, look, says))
    return `| ${says} | ${cells.join(' | ')} |`
  })
  return [
    `## ${title}`,
    '',
    `| | ${head.join(' | ')} |`,
    `| --- |${LOOKS.map(() => ' --- |').join('')}`,
    ...rows,
    '',
  ]
}

function image(name: string, look: Look, says: string): string {
  const file = fileOf(name, look)
  const width = look.startsWith('phone') ? 120 : 300
  return `<a href="${file}"><img src="${file}" width="${width}" alt="${says}, ${look.replace('.', ', ')}"></a>`
}

export async function writeIndex(): Promise<void> {
  await writeFile(join(ALBUM, INDEX), indexOf(BOOK))
}
