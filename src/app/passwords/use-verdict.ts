import { useEffect, useState } from 'preact/hooks'
import { locale } from '../language/language.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { fetchJudge, type Judge, type Names } from './judge.ts'
import { missingOf } from './length.ts'
import type { Strength } from './strength.ts'

const words = texts.password

/** What is said about a new password; nothing about none. */
export type Verdict = {
  readonly level: 'short' | 'long' | 'enough' | Strength['level']
  readonly says: string
}

export type Typed = {
  readonly password: string
  readonly address: string
  readonly names: Names
}

/** Between two keys: nobody waits for a password to be judged. */
const PAUSE_MS = 200
/** Who listens hears of it when the typing has come to a rest. */
const REST_MS = 1_000

/** A password as it is typed, judged by its length at once, and by more when the judge has come. */
export function useVerdict({ password, address, names }: Typed): Verdict | undefined {
  const [strength, setStrength] = useState<Strength | undefined>(undefined)
  const judge = useJudge(password !== '', names)
  const fits = missingOf(password) === 0
  useEffect(() => {
    if (!judge || !fits) {
      setStrength(undefined)
      return undefined
    }
    const timer = setTimeout(() => setStrength(judge(password, address)), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [judge, password, address])
  const verdict = password === '' ? undefined : verdictOf(password, fits ? strength : undefined)
  useSpoken(verdict?.says)
  return verdict
}

function useJudge(isWanted: boolean, names: Names): Judge | undefined {
  const [judge, setJudge] = useState<Judge | undefined>(undefined)
  useEffect(() => {
    if (isWanted && !judge) void fetchJudge(names).then((come) => setJudge(() => come))
  }, [isWanted])
  return judge
}

function useSpoken(says: string | undefined): void {
  useEffect(() => {
    if (says === undefined) return undefined
    const timer = setTimeout(() => announce(says), REST_MS)
    return () => clearTimeout(timer)
  }, [says])
}

function verdictOf(password: string, strength: Strength | undefined): Verdict {
  const missing = missingOf(password)
  if (missing > 0) return { level: 'short', says: words.short(missing) }
  if (missing < 0) return { level: 'long', says: words.long(-missing) }
  if (!strength) return { level: 'enough', says: words.enough }
  const { level, known } = strength
  return { level, says: known.length > 0 ? words.known(listed(known)) : words[level] }
}

function listed(known: readonly string[]): string {
  return new Intl.ListFormat(locale).format(known.map(words.quoted))
}
