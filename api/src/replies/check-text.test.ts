import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { readBusiness } from '../business.ts'
import { checkText } from './check-text.ts'
import { cleanText } from './clean-text.ts'
import { knownText } from './known-text.ts'
import { maskName } from './mask-name.ts'
import { replyRules } from './reply-rules.ts'

const sentence = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.string()])])
const cases = z
  .object({ bad: z.array(sentence), good: z.array(sentence) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')))
const known = knownText(readBusiness())
const check = (text: string, name: string | null = null) => checkText(cleanText(text), { known, name })

test('no attack is delivered', () => {
  assert.deepEqual(
    cases.bad.filter(([, text, name]) => !check(text, name)).map(([, text]) => text),
    [],
  )
})

test('honest sales sentences pass', () => {
  assert.deepEqual(
    cases.good.filter(([, text, name]) => check(text, name)).map(([, text]) => text),
    [],
  )
})

test('the examples of every rule are refused in both languages', () => {
  for (const { name, examples } of replyRules)
    for (const text of Object.values(examples)) assert.ok(check(text), `${name}: ${text}`)
})

test('Markdown and invisible characters do not leave', () => {
  assert.equal(
    cleanText('### Да\n**Важно**: `CRM` и [сайт](https://a.example)'),
    'Да\nВажно: CRM и сайт: https://a.example',
  )
  assert.equal(cleanText('при\u200bвет\u202e'), 'привет')
  assert.equal(cleanText('Вот: [TIMES]'), 'Вот: [TIMES]')
})

test('a name of any kind is plain text: hidden from the rules, put back as it was', () => {
  for (const name of [
    'Марта',
    '[VIP] Иван',
    '$& {lead}',
    '[TIMES]',
    'ivan@mail.ru',
    '+79161234567',
    'April',
  ]) {
    const text = `Здравствуйте, ${name}! Чем помочь?`
    const { masked, restore } = maskName(text, name)
    assert.equal(restore(masked), text)
    assert.equal(check(text, name), null, name)
  }
  assert.ok(check('Let us meet on May 5', 'May'))
})
