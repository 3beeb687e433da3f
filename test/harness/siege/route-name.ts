import { ROUTES } from '../../../src/protocol/api/routes.ts'

/** The name of the route that a request is for. */
export function routeNamed(method: string, url: string): string {
  const { pathname } = new URL(url, 'http://nowhere')
  const route = ROUTES.find((one) => {
    const pattern = one.path.replace(/:\w+/g, '[^/]+')
    return one.method === method && new RegExp(`^${pattern}$`).test(pathname)
  })
  return route?.id ?? 'unknown'
}
