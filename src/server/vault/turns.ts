/** Runs a task after all earlier ones of the same name have ended, one way or the other. */
export type Turns = <T>(name: string, task: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  /** The end of the last task of each name that has one waiting or running. */
  const ends = new Map<string, Promise<void>>()
  return (name, task) => {
    const result = (ends.get(name) ?? Promise.resolve()).then(task)
    const end: Promise<void> = result.then(forget, forget)
    function forget(): void {
      if (ends.get(name) === end) ends.delete(name)
    }
    ends.set(name, end)
    return result
  }
}
