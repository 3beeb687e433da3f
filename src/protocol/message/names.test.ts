import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NAME, seenOnly } from './names.ts'

test('what turns a line around, hides or steers is not in a name', () => {
  for (const [said, seen] of [
    ['\u202eamaM', 'amaM'],
    ['Ma\u200bma', 'Mama'],
    ['Ma\u200dma', 'Mama'],
    ['Ma\ufe0fma', 'Mama'],
    ['Ма\u200cма', 'Мама'],
    ['Ma\u00adma\u2060', 'Mama'],
    ['\u2067Mama\u2069', 'Mama'],
    ['\u200fMama\u061c', 'Mama'],
    ['Mama\u3164', 'Mama'],
    ['Ma\u{e006d}\u{e0061}ma', 'Mama'],
    ['\u001b[31mMama\u0007', '[31mMama'],
    ['Mama\r\n\u2028', 'Mama'],
    ['Ma\ud800ma', 'Mama'],
    [' \u00a0Mama ', 'Mama'],
  ] as const) {
    assert.equal(seenOnly(said), seen, JSON.stringify(said))
    assert.equal(NAME.parse(said), seen)
  }
})

test('names of the whole world stay as they are', () => {
  for (const name of [
    'Zoë & <Opa>',
    'Иван',
    'ميا',
    'علی\u200cرضا',
    'क्\u200dष',
    'Oma 👵🏽',
    '👩‍👩‍👧 Lena',
    '❤️',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿 Nan',
    '李 小龍',
    "D'Arcy-O’Neill",
  ]) {
    assert.equal(NAME.parse(name), name)
  }
})

test('a name of which nothing is seen is none', () => {
  for (const name of ['', ' ', '\u200b', '\u202e\u202c', '\u3164', '\u200d']) {
    assert.equal(NAME.safeParse(name).success, false, JSON.stringify(name))
  }
  assert.equal(NAME.safeParse('x'.repeat(80)).success, true)
  assert.equal(NAME.safeParse('x'.repeat(81)).success, false)
})
