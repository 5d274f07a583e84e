import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { amountOf } from './amount.ts'
import { type AccountField, convertValue } from './field-value.ts'

const field = (type: string, ...choices: string[]): AccountField => ({
  id: 1,
  name: 'Field',
  type,
  choices: choices.map((value, index) => ({ id: index + 1, value, code: null })),
})

describe('the amount that a text names', () => {
  for (const [text, amount] of [
    ['500', 500],
    ['до 500 тысяч', 500_000],
    ['500к', 500_000],
    ['150 тыс. руб.', 150_000],
    ['200 т.р.', 200_000],
    ['1,5 млн рублей', 1_500_000],
    ['полтора', null],
    ['$10k', 10_000],
    ['about 2.75 million', 2_750_000],
    ['1 250 000 ₽', 1_250_000],
    ['1 250 000 ₽', 1_250_000],
    ['€1.250.000', 1_250_000],
    ['1,250,000.50', 1_250_000.5],
    ['3 млрд', 3e9],
    ['300 000 в месяц', 300_000],
    ['5 м', 5_000_000],
    ['12 месяцев', 12],
    ['от 100 до 200 тысяч', null],
    ['100-200 тыс', null],
    ['100–200', null],
    ['10%', null],
    ['не знаю', null],
    ['', null],
    ['9'.repeat(24), null],
  ] as const)
    test(`${text || '(nothing)'}: ${amount}`, () => assert.equal(amountOf(text), amount))

  test('whatever the text, it is a number that amoCRM shows right, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const amount = amountOf(text)
        assert.ok(amount === null || (amount >= 0 && amount <= 1e12))
      }),
    )
  })
})

describe('a value takes the form of the field', () => {
  const at = '2026-12-01T09:00:00.000Z'
  for (const [type, value, values] of [
    ['text', 'CRM', [{ value: 'CRM' }]],
    ['text', 500, [{ value: '500' }]],
    ['text', 'две\nстроки', [{ value: 'две строки' }]],
    ['textarea', 'две\nстроки', [{ value: 'две\nстроки' }]],
    ['numeric', 'до 500 тысяч', [{ value: 500_000 }]],
    ['monetary', '1,5 млн', [{ value: 1_500_000 }]],
    ['date_time', at, [{ value: 1_796_115_600 }]],
    ['date', at, [{ value: 1_796_115_600 }]],
    ['checkbox', 'Да', [{ value: true }]],
    ['checkbox', 'no', [{ value: false }]],
    ['url', 'https://meet.example/a', [{ value: 'https://meet.example/a' }]],
    ['hologram', 'CRM', [{ value: 'CRM' }]],
    ['numeric', null, null],
    ['chained_list', null, null],
  ] as const)
    test(`${type}: ${JSON.stringify(value)}`, () =>
      assert.deepEqual(convertValue(field(type), value), { values }))

  for (const [type, value, unfit] of [
    ['numeric', 'пока не решили', 'not a number'],
    ['date_time', 'завтра', 'no date'],
    ['checkbox', 'директор', 'neither yes nor no'],
    ['url', `https://meet.example/${'a'.repeat(300)}`, 'too long'],
    ['chained_list', 'CRM', 'not by API'],
    ['file', 'CRM', 'not by API'],
  ] as const)
    test(`${type}: ${JSON.stringify(value).slice(0, 30)} is ${unfit}`, () =>
      assert.deepEqual(convertValue(field(type), value), { unfit }))

  test('choices are found by their words, however they are written', () => {
    const roles = field('select', 'Сам решаю', 'Вместе с партнёром')
    assert.deepEqual(convertValue(roles, 'вместе с партнером'), { values: [{ enum_id: 2 }] })
    assert.deepEqual(convertValue(roles, 'жена'), { unfit: 'no such choice' })
    assert.deepEqual(convertValue(field('radiobutton', 'Русский', 'Английский'), 'en'), {
      values: [{ enum_id: 2 }],
    })
    const needs = field('multiselect', 'CRM', 'Сайт', 'Реклама')
    assert.deepEqual(convertValue(needs, 'сайт и CRM'), { values: [{ enum_id: 2 }, { enum_id: 1 }] })
    assert.deepEqual(convertValue(needs, 'сайт, дизайн'), { unfit: 'no such choice' })
  })

  test('no line that we write is longer than amoCRM takes, and no character is cut in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const converted = convertValue(field('text'), text)
        if (!('values' in converted) || !converted.values) return
        const { value } = converted.values[0] as { value: string }
        assert.ok([...value].length <= 255 && value.isWellFormed())
      }),
    )
    const long = convertValue(field('text'), 'я'.repeat(300))
    assert.ok('values' in long && JSON.stringify(long.values).includes('яяя'))
  })
})
