import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayReach, outsiders, type Party, PRODUCTION, WAYS, zones } from './zones.ts'

/** Promises that the table keeps, whoever edits it. */

const everybody: readonly Party[] = [...zones(), ...outsiders()]

function portsOpenTo(from: Party, to: Party): readonly string[] {
  const ports = new Set(WAYS.flatMap((way) => way.ports))
  return [...ports].filter((port) => mayReach(from, to, port)).sort()
}

test('the Internet reaches 80 and 443 of the edge, and nothing else', () => {
  for (const zone of zones()) {
    const open = portsOpenTo('internet', zone)
    assert.deepEqual(open, zone === 'edge' ? ['tcp/443', 'tcp/80'] : [], zone)
  }
})

test('staging and production do not speak, in either direction', () => {
  for (const zone of PRODUCTION) {
    assert.deepEqual(portsOpenTo('staging', zone), [], zone)
    assert.deepEqual(portsOpenTo(zone, 'staging'), [], zone)
  }
  assert.equal(PRODUCTION.length + 1, zones().length)
})

test('database, media and staging call nobody but clocks', () => {
  for (const zone of ['database', 'media', 'staging'] as const) {
    const called = everybody.filter((party) => portsOpenTo(zone, party).length > 0)
    assert.deepEqual(called, ['clock'], zone)
  }
})

test('nobody reaches the backups but operators; hosts of one zone do not reach each other', () => {
  const reaching = everybody.filter((party) => portsOpenTo(party, 'ops').length > 0)
  assert.deepEqual(reaching, ['admin'])
  for (const zone of zones()) assert.deepEqual(portsOpenTo(zone, zone), [], zone)
})

test('no way is declared twice, and each says why', () => {
  const cells = WAYS.flatMap(({ from, to, ports }) => ports.map((port) => `${from} ${to} ${port}`))
  assert.equal(new Set(cells).size, cells.length)
  for (const { why } of WAYS) assert.match(why, /^[\w(][^"\\\n]{3,60}$/)
})
