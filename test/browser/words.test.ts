import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { freshAddress } from '../harness/account.ts'
import { launchChromium } from '../harness/chromium.ts'
import { startTestServer } from '../harness/server.ts'
import { watch } from './page.ts'
import * as people from './people.ts'
import { crawl, speakPseudo, strayWords } from './words-page.ts'

/** Names that are typed stand in brackets, too, so that only words of the app can stand outside. */
const [MIA, MAMA, ROSE] = ['⟦Mia⟧', '⟦Mama⟧', '⟦Rose⟧']

describe('no screen has words of its own', async () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const server = stack.use(await startTestServer())
  const { page: mother } = stack.use(await launchChromium())
  const { page: stranger } = stack.use(await launchChromium())
  const trouble = [watch(mother, server.origin), watch(stranger, server.origin)]
  test('what a stranger sees', async () => {
    await stranger.goto(server.origin)
    await speakPseudo(stranger)
    const { found } = await crawl(stranger, ['/', '/reset', '/unblock', '/goodbye'], strayWords)
    assert.deepEqual(found, [])
  })

  test('what a guardian sees, wherever the links lead', async () => {
    await mother.goto(server.origin)
    await people.signUp(mother, server, freshAddress())
    await people.startFamily(mother, { child: MIA, me: MAMA })
    await people.invite(mother, ROSE)
    await mother.goto(`${server.origin}/record/sender/child`)
    await people.recordByTaps(mother, 1_200)
    await people.send(mother)
    await speakPseudo(mother)
    const starts = ['/', '/child', '/child/stories', '/record/child']
    const { found, screens } = await crawl(mother, starts, strayWords)
    assert.deepEqual(found, [])
    assert.ok(screens.length > 30, screens.join(' '))
  })

  test('nothing went wrong meanwhile', () => {
    assert.deepEqual(trouble, [[], []])
  })
})
