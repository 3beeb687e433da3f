import type { ComponentChildren, JSX } from 'preact'
import { rememberedPlace } from '../platform/place.ts'
import { Screen } from '../ui/screen.tsx'
import { guide, PWNED } from './guide-texts.ts'

/** How to keep an account safe: for everybody, signed in or not. */
export function Guide(): JSX.Element {
  const place = rememberedPlace()
  const isInside = place === 'guardian' || place === 'relative'
  return (
    <Screen title={guide.title} back={isInside ? '/settings' : '/'}>
      <p class="lead">{guide.lead}</p>
      <ol class="habits">
        {guide.habits.map((habit) => (
          <Habit key={habit.title} {...habit} />
        ))}
        <Habit {...guide.told}>
          <a href={PWNED} class="button elsewhere" target="_blank" rel="noopener noreferrer">
            {guide.pwned} <span class="small">{guide.elsewhere}</span>
          </a>
        </Habit>
      </ol>
      <section>
        <h2>{guide.ours}</h2>
        <ul class="points">
          {guide.oursSays.map((says) => (
            <li key={says}>{says}</li>
          ))}
        </ul>
      </section>
    </Screen>
  )
}

type HabitProps = {
  readonly title: string
  readonly says: string
  readonly children?: ComponentChildren
}

function Habit({ title, says, children }: HabitProps): JSX.Element {
  return (
    <li class="habit">
      <h2>{title}</h2>
      <p>{says}</p>
      {children}
    </li>
  )
}
