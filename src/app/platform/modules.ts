import { PawpostError } from '../../protocol/errors.ts'

/** A window that nobody looks at paints nothing, and need not wait for it. */
const PATIENCE_MS = 100

let fetching = Promise.resolve()

/**
 * Lets the scripts that are not needed for the first picture come as soon as that has been painted:
 * so many links take a slow phone as long as the picture itself. They lie in an inert template of
 * index.html together with their integrity: the server's Integrity-Policy blocks an `import()` of
 * any script that no such link has fetched.
 */
export function fetchModules(): void {
  fetching = painted().then(() => {
    const template = document.querySelector<HTMLTemplateElement>('template#modules')
    if (template) document.head.append(template.content)
  })
}

/** Resolves when those scripts may be imported; at once where nobody has asked for them. */
export function modules(): Promise<void> {
  return fetching
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, PATIENCE_MS)
  })
}

/**
 * Fetches a script that is too large for those who do not need it, from a template of its own. Its
 * `import()` may follow when this resolves. Throws when there is no network.
 */
export async function fetchApart(name: string): Promise<void> {
  const template = document.querySelector<HTMLTemplateElement>(`template#${name}`)
  const links = template?.content.cloneNode(true).childNodes ?? []
  const wanted = [...links].filter((node) => node instanceof HTMLLinkElement)
  await Promise.all(wanted.map(fetched))
}

function fetched(link: HTMLLinkElement): Promise<void> {
  // Phones of some years ago know neither these links nor the policy that wants them.
  if (!link.relList.supports('modulepreload')) return Promise.resolve()
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => reject(new PawpostError('offline')))
    document.head.append(link)
  })
}
