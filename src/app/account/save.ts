/** Saves what the server said as a file of JSON that people can read. */
export function saveJson(what: unknown, file: string): void {
  const text = `${JSON.stringify(what, null, 2)}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file
  link.click()
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
