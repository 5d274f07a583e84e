import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { timeQuotes } from './time-quotes.ts'

const whole = [
  'сегодня',
  'послезавтра',
  'через неделю',
  'через полтора часа',
  'на час позже',
  'на полчаса раньше',
  'an hour later',
  '30 minutes earlier',
  'завтра в 15-30',
  'завтра в час дня',
  'завтра в половине одиннадцатого',
  'завтра без четверти три',
  'завтра около трёх',
  'в следующий четверг в 11:00',
  'в середине следующей недели',
  '25.11 в 9:00',
  '5-го числа',
  'завтра во второй половине дня',
  'завтра с 2 до 4',
  'с понедельника по среду',
  'завтра в 11 или в 16',
  'завтра в 10 по вашему времени',
  'tomorrow at half five',
  'quarter past ten on Monday',
  'lunchtime tomorrow',
  'end of next week',
  'a couple of days from now',
  'the day after tomorrow at 11am',
  'by end of day',
  'tomorrow 2-4pm',
  'Nov 25 at 2:30pm',
  'on the 5th',
  '10am Pacific on Monday',
]
for (const text of whole) test(`${text} is one quote`, () => assert.deepEqual(timeQuotes(text), [text]))

const none = [
  'Бюджет 15 000 рублей',
  'У нас 3 менеджера в 2 городах',
  'Ответим за 5 минут',
  'Хотим внедрить до конца недели',
  'May I ask what the price is?',
  'can you give me a second?',
  'We want to launch next week',
]
for (const text of none) test(`${text} has none`, () => assert.deepEqual(timeQuotes(text), []))

test('where a meeting is moved, its new hour is quoted', () => {
  for (const [message, quote] of [
    ['move it to 11', 'to 11'],
    ['перенесите на 11', 'на 11'],
    ['давайте сдвинем на час позже', 'на час позже'],
    ['can we move to the same time on Thursday?', 'the same time on Thursday'],
    ['перенесём в то же время в четверг', 'в то же время в четверг'],
  ] as const)
    assert.equal(
      timeQuotes(message)
        .join('|')
        .replace(/^to the/u, 'the'),
      quote,
    )
  assert.deepEqual(timeQuotes('At the same time we have 11 managers'), [])
})

test('every quote stands in the message word for word', () => {
  const word = fc.constantFrom(...whole, ...none, 'ёлка’', '\n', '? ', ', ', '☕', 'лучше', '1.5')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      const message = words.join(' ')
      for (const quote of timeQuotes(message)) assert.ok(quote && message.includes(quote), quote)
    }),
    { numRuns: 300 },
  )
})
