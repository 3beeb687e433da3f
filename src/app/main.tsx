import { render } from 'preact'
import type { Client } from '../client/client.ts'
import { App } from './app.tsx'
import { language } from './language/language.ts'
import { createChanges } from './platform/changes.ts'
import { takeInvitation } from './platform/invitation.ts'
import { fetchApart, fetchModules, modules } from './platform/modules.ts'
import { followHistory } from './platform/router.ts'
import { keepShell } from './platform/service-worker.ts'
import { takeMailedCode } from './reset/mailed-code.ts'
import { texts } from './texts.ts'
import './styles/app.css'

takeInvitation()
takeMailedCode()

// The page's policy forbids code made of text, which zod tries unless it finds this when it loads.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

const changes = createChanges()

async function open(): Promise<Client> {
  await modules()
  const { openClient } = await import('./platform/open-client.ts')
  return openClient(changes.tell, language)
}

const REST_MS = 10_000

/** Runs for as long as the window lives; wakes up when there is a reason to try again. */
async function live(client: Client): Promise<void> {
  const [{ runLive }, { nudge }, { keepTold, clearNotices }, mails] = await Promise.all([
    import('../client/live.ts'),
    import('../client/nudge.ts'),
    import('./notices/keep.ts'),
    import('./language/mail-language.ts'),
  ])
  const ended = new AbortController()
  addEventListener('pagehide', () => ended.abort())
  addEventListener('pageshow', (event) => event.persisted && location.reload())
  addEventListener('online', () => nudge(client))
  document.addEventListener('visibilitychange', () => document.hidden || nudge(client))
  changes.watch(['session'], () => nudge(client))
  const told = (): void => {
    keepTold(client).catch(reportError)
    mails.keepMailLanguage(client).catch(reportError)
  }
  changes.watch(['session'], told)
  document.addEventListener('visibilitychange', () => document.hidden || void clearNotices())
  told()
  while (!ended.signal.aborted) {
    await runLive(client, ended.signal).catch(reportError)
    // Only what nobody foresaw comes to here: reported, and tried again after a while.
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
  }
}

/** The page of an old phone's link: no account, no client, and nothing fetched that it does not need. */
async function showLink(link: HTMLElement): Promise<void> {
  addEventListener('hashchange', () => location.reload())
  await fetchApart('old-phone')
  const { OldPhonePage } = await import('./box/old-phone.tsx')
  render(<OldPhonePage href={location.href} />, link)
}

const root = document.getElementById('app')
if (root && /^\/v(\/|$)/.test(location.pathname)) {
  root.textContent = ''
  showLink(root).catch(() => render(<p role="alert">{texts.app.notLoaded}</p>, root))
} else if (root) {
  root.textContent = ''
  followHistory()
  fetchModules()
  render(<App changes={changes} open={open} live={(client) => void live(client)} />, root)
  void keepShell()
}
