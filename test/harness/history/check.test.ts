import assert from 'node:assert/strict'
import { test } from 'node:test'
import { check, RULES, type Violation } from './check.ts'
import type { Act, Final, History } from './history.ts'

// A sound history, and for each rule histories that break it and nothing else.

const ALL = ['mum', 'grandma']

function act(deed: Act['deed'], what: string, change: Partial<Act> = {}): Act {
  const by = deed === 'send' ? 'grandma' : 'mum'
  return { by, deed, what, outcome: 'acknowledged', to: ALL, ...change }
}

function voice(what: string, by = 'grandma'): Final['voices'][number] {
  return { id: `msg-${what}`, what, by }
}

function box(...ids: readonly string[]): Final['boxes'][number] {
  return { name: 'box', entries: ids.map((id, index) => ({ number: index + 1, id })) }
}

function final(who: string, change: Partial<Final> = {}): Final {
  return {
    who,
    boxes: [box('msg-tea', 'msg-cake', 'fwd-tea', 'msg-bed')],
    known: new Set(['msg-tea', 'msg-cake', 'fwd-tea', 'msg-bed']),
    voices: [voice('tea'), voice('cake'), voice('bed', 'mum')],
    marks: [
      { what: 'tea', mark: 'approved' },
      { what: 'tea', mark: 'in-the-bear' },
    ],
    members: ['mum', 'grandma', 'Otto'],
    epochs: ['household/1', 'household/2'],
    log: ['a', 'b', 'c'],
    waiting: [],
    putAside: 0,
    ...change,
  }
}

const ACTS: readonly Act[] = [
  act('send', 'tea'),
  act('send', 'gone', { outcome: 'unknown' }),
  act('send', 'cake'),
  act('send', 'bed', { by: 'mum' }),
  act('approve', 'tea'),
  act('mark', 'tea'),
  act('join', 'Otto'),
  act('rotate', 'household/2'),
  act('send', 'sorry'),
  act('discard', 'sorry'),
  act('send', 'no', { outcome: 'refused' }),
]

function history(mum: Partial<Final> = {}): History {
  return { acts: ACTS, finals: [final('mum', mum), final('grandma')] }
}

function demandOnly(rule: Violation['rule'], mum: Partial<Final>, what: string): void {
  const found = check(history(mum))
  assert.deepEqual([...new Set(found.map((one) => one.rule))], [rule], JSON.stringify(found))
  assert.ok(
    found.every(({ who }) => who === 'mum'),
    JSON.stringify(found),
  )
  assert.ok(
    found.some((one) => one.what === what),
    JSON.stringify(found),
  )
}

/** For each rule: what one receiver has instead, and what is to be found. */
const PLANTED: Readonly<Record<Violation['rule'], readonly (readonly [Partial<Final>, string])[]>> =
  {
    lost: [
      [{ voices: [voice('tea'), voice('bed', 'mum')] }, 'send cake'],
      [{ marks: [{ what: 'tea', mark: 'in-the-bear' }] }, 'approve tea'],
      [{ marks: [{ what: 'tea', mark: 'approved' }] }, 'mark tea'],
      [{ members: ['mum', 'grandma'] }, 'join Otto'],
      [{ epochs: ['household/1'] }, 'rotate household/2'],
    ],
    doubled: [
      [{ boxes: [box('msg-tea', 'msg-tea', 'msg-cake')] }, 'msg-tea'],
      [
        {
          voices: [
            voice('tea'),
            { ...voice('tea'), id: 'msg-other' },
            voice('cake'),
            voice('bed', 'mum'),
          ],
        },
        'tea',
      ],
      [{ voices: [voice('tea'), voice('tea'), voice('cake'), voice('bed', 'mum')] }, 'msg-tea'],
      [{ members: ['mum', 'grandma', 'Otto', 'Otto'] }, 'Otto'],
    ],
    disordered: [
      [{ boxes: [box('msg-cake', 'msg-tea')] }, 'tea'],
      [{ voices: [voice('cake'), voice('tea'), voice('bed', 'mum')] }, 'tea'],
    ],
    invented: [
      [{ voices: [voice('tea'), voice('cake'), voice('bed', 'mum'), voice('boo')] }, 'boo'],
      [{ voices: [voice('tea'), voice('cake'), voice('bed')] }, 'bed'],
    ],
    'marked-twice': [
      [{ marks: [...final('mum').marks, { what: 'tea', mark: 'in-the-bear' }] }, 'in-the-bear tea'],
      [{ marks: [...final('mum').marks, { what: 'tea', mark: 'approved' }] }, 'approved tea'],
    ],
    gap: [
      [{ boxes: [{ name: 'box', entries: [{ number: 2, id: 'msg-tea' }] }] }, 'box'],
      [
        {
          boxes: [
            {
              name: 'box',
              entries: [
                { number: 1, id: 'msg-tea' },
                { number: 3, id: 'msg-cake' },
              ],
            },
          ],
        },
        'box',
      ],
    ],
    skipped: [[{ known: new Set(['msg-tea', 'fwd-tea', 'msg-bed']) }, 'msg-cake']],
    risen: [
      [{ voices: [...final('mum').voices, voice('no')] }, 'no'],
      [{ voices: [...final('mum').voices, voice('sorry')] }, 'sorry'],
    ],
    forked: [[{ log: ['a', 'x'] }, 'link 1']],
    stuck: [
      [{ waiting: ['voice'] }, 'not sent: voice'],
      [{ putAside: 2 }, '2 put aside'],
    ],
  }

test('a sound history is sound: nothing acknowledged is missing, unknown things may be', () => {
  assert.deepEqual(check(history()), [])
  const arrived = [voice('tea'), voice('gone'), voice('cake'), voice('bed', 'mum')]
  assert.deepEqual(check(history({ voices: arrived })), [])
  assert.deepEqual(check(history({ log: ['a', 'b'] })), [], 'a log may lag behind')
  assert.deepEqual(check({ acts: [], finals: [] }), [])
})

for (const rule of Object.keys(RULES) as Violation['rule'][]) {
  test(`control: what breaks "${rule}" is found, by that rule alone`, () => {
    const planted = PLANTED[rule]
    assert.ok(planted.length > 0)
    for (const [mum, what] of planted) demandOnly(rule, mum, what)
  })
}
