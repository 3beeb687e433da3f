import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHosts } from './hosts.ts'
import { ruleset } from './ruleset.ts'
import { WAYS, zones } from './zones.ts'

/** What the text says. That a kernel obeys it is tried in test/ops/network.test.ts. */

const HOSTS = parseHosts(
  JSON.stringify({
    edge: ['192.0.2.10', '2001:db8::10'],
    app: ['192.0.2.11', '192.0.2.11', '2001:db8::11'],
    admin: ['203.0.113.0/28'],
  }),
)

/** The rules of one chain. */
function chainOf(text: string, name: string): readonly string[] {
  const [, after = ''] = text.split(`  chain ${name} {\n`)
  const [body = ''] = after.split('\n  }\n', 1)
  return body.split('\n').map((line) => line.trim())
}

test('every chain drops what no rule takes', () => {
  for (const zone of zones()) {
    const text = ruleset([zone], HOSTS)
    assert.equal(text.match(/policy drop;/g)?.length, 3, zone)
    assert.doesNotMatch(text, /policy accept/)
    assert.equal(chainOf(text, 'input').at(-1), 'counter name denied_in drop')
    assert.match(chainOf(text, 'output').at(-1) ?? '', /^counter name denied_out reject/)
    assert.deepEqual(chainOf(text, 'forward').slice(1), ['counter name denied_through drop'])
  }
})

test('a way is a rule for both families at both of its ends, and nowhere else', () => {
  for (const { from, to, why } of WAYS) {
    for (const zone of zones()) {
      const text = ruleset([zone], HOSTS)
      const comment = `comment "${from} to ${to}: ${why}"`
      const about = (chain: string, family: string): boolean =>
        chainOf(text, chain).some((rule) => rule.startsWith(`${family} `) && rule.endsWith(comment))
      for (const family of ['ip', 'ip6']) {
        assert.equal(about('input', family), zone === to, `${zone} in: ${comment}`)
        assert.equal(about('output', family), zone === from, `${zone} out: ${comment}`)
      }
    }
  }
})

test('addresses stand in the set of their family, once', () => {
  const text = ruleset(['app'], HOSTS)
  assert.match(text, /set edge4 \{[^}]*elements = \{ 192\.0\.2\.10 \}/)
  assert.match(text, /set edge6 \{[^}]*elements = \{ 2001:db8::10 \}/)
  assert.match(text, /set zones4 \{[^}]*elements = \{ 192\.0\.2\.10, 192\.0\.2\.11 \}/)
  assert.doesNotMatch(text, /203\.0\.113/, 'operators have no way to the app')
  assert.match(ruleset(['ops'], HOSTS), /set admin4 \{[^}]*elements = \{ 203\.0\.113\.0\/28 \}/)
})

test('scanners are dropped before any way is open, but not out of what is open already', () => {
  const rules = chainOf(ruleset(['edge'], HOSTS), 'input')
  const place = (words: string): number => rules.findIndex((rule) => rule.includes(words))
  const places = ['established : accept', '@scanners4', '@scanners6', 'echo-request', 'dport']
  const found = places.map(place)
  assert.deepEqual(
    found,
    [...found].sort((one, two) => one - two),
  )
  assert.ok(found.every((at) => at > 0))
})

test('the Internet is neither a zone nor a private network', () => {
  const out = chainOf(ruleset(['app'], HOSTS), 'output').filter((rule) =>
    rule.includes('to internet'),
  )
  for (const rule of out) assert.match(rule, /daddr != @zones[46] ip6? daddr != @not_internet[46] /)
  assert.equal(out.length, 2)
})

test('one host with several zones speaks and hears as each of them', () => {
  const text = ruleset(['edge', 'app'], HOSTS)
  assert.match(text, /comment "internet to edge/)
  assert.match(text, /comment "app to database/)
  assert.doesNotMatch(text, /comment "mail to/)
})
