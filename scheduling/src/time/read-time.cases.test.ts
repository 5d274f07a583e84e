import assert from 'node:assert/strict'
import { test } from 'node:test'
import fresh from '../../cases/fresh-phrases.json' with { type: 'json' }
import file from '../../cases/time-phrases.json' with { type: 'json' }
import { checkCase, type TimeCase } from './check-case.ts'
import { readTime } from './read-time.ts'

for (const given of [...file.cases, ...fresh.cases] as TimeCase[]) {
  for (const lang of [given.lang as 'ru' | 'en', undefined]) {
    test(`${given.id} ${given.text}${lang ? '' : ' (language not given)'}`, () => {
      const answer = readTime({ text: given.text, lang, reference: given.reference, tz: given.tz })
      assert.equal(checkCase(given, answer), null, JSON.stringify(answer))
    })
  }
}
