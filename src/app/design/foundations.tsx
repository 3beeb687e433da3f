import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { design as words } from './design-texts.ts'

const COLOUR = /^(#|rgb)/
/** What the build adds for browsers that do not know `light-dark()`. */
const BUILT = '--lightningcss-'

type Token = { readonly name: string; readonly value: string }

/** The tokens as the style sheet has them: none can be forgotten here. */
function tokens(): readonly Token[] {
  const now = getComputedStyle(document.documentElement)
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
  const roots = rules.filter(
    (rule) => rule instanceof CSSStyleRule && rule.selectorText === ':root',
  )
  const names = roots.flatMap((rule) => [...(rule as CSSStyleRule).style])
  return [...new Set(names)]
    .filter((name) => name.startsWith('--') && !name.startsWith(BUILT))
    .map((name) => ({ name, value: now.getPropertyValue(name).trim() }))
}

function useTokens(): readonly Token[] {
  const [all, setAll] = useState(tokens)
  useEffect(() => {
    const theme = matchMedia('(prefers-color-scheme: dark)')
    const look = (): void => setAll(tokens())
    theme.addEventListener('change', look)
    return () => theme.removeEventListener('change', look)
  }, [])
  return all
}

/** Colours, measures and type: what everything else is made of. */
export function Foundations(): JSX.Element {
  const all = useTokens()
  const colours = all.filter(({ value }) => COLOUR.test(value))
  const measures = all.filter(({ value }) => !COLOUR.test(value))
  return (
    <>
      <section>
        <h2>{words.colours}</h2>
        <p class="small">{words.coloursSay}</p>
        <ul class="swatches">
          {colours.map((token) => (
            <Swatch key={token.name} {...token} />
          ))}
        </ul>
      </section>
      <section>
        <h2>{words.measures}</h2>
        <dl class="measures">
          {measures.map(({ name, value }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>{words.type}</h2>
        <p class="lead">{words.lines.lead}</p>
        <p>{words.lines.body}</p>
        <p class="small">{words.lines.small}</p>
        <p class="good">{words.lines.good}</p>
        <h3>{words.section}</h3>
      </section>
    </>
  )
}

function Swatch({ name, value }: Token): JSX.Element {
  return (
    <li>
      <span class="swatch" style={{ background: `var(${name})` }} />
      <code>{name}</code>
      <span class="small">{value}</span>
    </li>
  )
}
