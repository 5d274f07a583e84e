import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proposal } from '../testing/seed.ts'
import { checkWords } from './fits-words.ts'

const clock = { now: new Date('2031-02-03T07:00:00Z'), timeZone: 'Europe/Moscow', booked: undefined }
const offer = (start: string) => ({
  id: 'a',
  sellerId: 'olga',
  start: `${start}:00+03:00`,
  end: `${start.slice(0, 14)}59:00+03:00`,
  label: 'x',
})
const booking = (timeQuotes: string[], start: string, language: 'ru' | 'en' = 'ru') =>
  proposal(
    { reply: '[MEETING]', action: 'book', offerId: 'a' },
    { offers: [offer(start)], classification: { ...proposal().classification!, timeQuotes, language } },
  )

test('a time that the words name may be booked', () => {
  for (const [quotes, start] of [
    [['завтра в 14:30'], '2031-02-04T14:30'],
    [['завтра'], '2031-02-04T10:00'],
    [['в четверг после 15'], '2031-02-06T16:00'],
    [['завтра в 11', 'в среду в 12'], '2031-02-05T12:00'],
    [[], '2031-02-05T12:00'],
    [['первый вариант'], '2031-02-05T12:00'],
  ] as const)
    assert.equal(checkWords(booking([...quotes], start), clock), null, quotes.join())
})

test('another time is refused, by the hour, by the day, by the side of a range', () => {
  for (const [quotes, start] of [
    [['завтра в 14:30'], '2031-02-04T10:00'],
    [['завтра'], '2031-02-05T10:00'],
    [['в четверг после 15'], '2031-02-06T11:00'],
  ] as const)
    assert.match(checkWords(booking([...quotes], start), clock) ?? '', /named another time/, quotes.join())
  assert.equal(checkWords(proposal(), clock), null)
})

test('an hour without a day is that of the booked meeting, or of the offer in its place', () => {
  const booked = { start: '2031-02-05T14:00:00+03:00' }
  const offered = ['2031-02-06T16:00:00+03:00', '2031-02-07T11:00:00+03:00']
  const problem = (words: string, language: 'ru' | 'en', start: string, offers: string[] = []) =>
    checkWords(booking([words], start, language), { ...clock, booked: { ...booked, offered: offers } })
  for (const [words, language, start] of [
    ['make it 4pm', 'en', '2031-02-05T16:00'],
    ['сдвинем на час позже', 'ru', '2031-02-05T15:00'],
    ['today at 4', 'en', '2031-02-03T16:00'],
  ] as const)
    assert.equal(problem(words, language, start), null, words)
  assert.equal(problem('в 16', 'ru', '2031-02-06T16:00', offered), null)
  for (const [words, language, start] of [
    ['make it 4pm', 'en', '2031-02-03T16:00'],
    ['давайте лучше в 16', 'ru', '2031-02-03T16:00'],
    ['на час позже', 'ru', '2031-02-03T11:00'],
    ['today at 4', 'en', '2031-02-05T16:00'],
  ] as const)
    assert.match(problem(words, language, start) ?? '', /named another time/, words)
  assert.match(problem('в 16', 'ru', '2031-02-03T16:00', offered) ?? '', /named another time/)
})
