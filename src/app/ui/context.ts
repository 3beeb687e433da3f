import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import type { Changes } from '../platform/changes.ts'

/** What every screen behind the sign-in works with. */
export type App = { readonly client: Client; readonly changes: Changes }

export const AppContext = createContext<App | undefined>(undefined)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('a screen outside of the app')
  return app
}
