/** The cookies of a browser, over its requests to one server. */
export type Jar = {
  /** The value of the Cookie header. */
  readonly header: () => string
  /** Takes what an answer sets, and hands the answer on. */
  readonly take: (response: Response) => Response
}

export function createJar(): Jar {
  const kept = new Map<string, string>()
  return {
    header: () => [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
    take(response) {
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (value === '' || cookie.includes('Max-Age=0')) kept.delete(name)
        else kept.set(name, value)
      }
      return response
    },
  }
}
