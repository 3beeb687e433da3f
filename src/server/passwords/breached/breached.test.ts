import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMON_FILTER, isBreached, isCommon } from './breached.ts'
import { openFilter } from './filter.ts'

const BAD =
  'a qwe cloudpets password 123456 qwerty Password1! bentleythebear zzzzzzzz 1qaz2wsx3edc4rfv'

test('the filter that comes along knows what thieves try first', async () => {
  await using filter = await openFilter(COMMON_FILTER)
  assert.ok(filter.entries >= 400_000)
  for (const password of BAD.split(' ')) {
    assert.ok(await isBreached(filter, password), password)
    assert.ok(await isCommon(filter, password.toUpperCase()), password)
  }
  const own = 'pawpost PawPost CLOUDPETS CloudPets2017 cloudpets123! spiraltoys1 BentleyTheBear!'
  for (const password of own.split(' ')) assert.ok(await isCommon(filter, password), password)
})

test('it leaves good passwords alone', async () => {
  await using filter = await openFilter(COMMON_FILTER)
  const good = [
    'correct horse battery staple',
    'tea and biscuits at four',
    '🐻🐘🦊🐰🐨🦁🐯🐮🐷🐸🐵🐔🐧🐤🦆',
    'Grüße aus Köln und Umgebung',
    'x'.repeat(72) + 'y',
    'a lone surrogate \ud800 hurts nobody',
  ]
  for (const password of good) assert.ok(!(await isCommon(filter, password)), password)
})
