const SCRIPT = '/service-worker.js'

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptUrlPolicy
}

/**
 * Keeps the app's shell for when there is no network. The browser runs the new one when all windows
 * of the old one are closed, so that no window ever mixes two versions.
 */
export async function keepShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trusted(SCRIPT), { scope: '/' })
  } catch (error) {
    // Private windows and full disks refuse: the app works without.
    reportError(error)
  }
}

/** Where the page demands Trusted Types, the one script address that is ever given at run time. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return url
  const policy = trustedTypes.createPolicy('pawpost-service-worker', {
    createScriptURL: (wanted) => (wanted === SCRIPT ? wanted : ''),
  })
  return policy.createScriptURL(url)
}
