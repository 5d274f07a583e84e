import assert from 'node:assert/strict'
import { test } from 'node:test'
import file from '../../cases/time-phrases.json' with { type: 'json' }
import { readTime, type TimeWish } from './read-time.ts'

/** Monday 23 November 2026, 10:00 in Moscow; a meeting is booked on Wednesday at 14:00. */
const MONDAY = '2026-11-23T10:00:00+03:00'
const WEDNESDAY = { start: '2026-11-25T14:00:00+03:00' }

type Booked = { start: string; offered?: string[] }

function short(wish: TimeWish): string {
  const cut = (text: string): string => text.slice(5, 16)
  if ('point' in wish) return cut(wish.point)
  return wish.from === wish.to ? cut(wish.from) : `${cut(wish.from)}/${cut(wish.to)}`
}

function read(text: string, booked: Booked | undefined, tz = 'Europe/Moscow'): string {
  const { found, ambiguous } = readTime({ text, reference: MONDAY, tz, booked })
  return (ambiguous ? '? ' : '') + found.map(short).join(', ')
}

function check(phrases: Record<string, string>, booked: Booked): void {
  for (const [text, meant] of Object.entries(phrases)) assert.equal(read(text, booked), meant, text)
}

test('an hour without a day is one of the day of the booked meeting', () =>
  check(
    {
      'make it 4pm': '11-25T16:00',
      'make it 4': '11-25T16:00',
      'move it to 11': '11-25T11:00',
      'to 4pm': '11-25T16:00',
      'back to 3pm': '11-25T15:00',
      'push it to 3:30': '11-25T15:30',
      'could we make it half past four': '11-25T16:30',
      'at noon': '11-25T12:00',
      'after 3': '11-25T15:00/11-26T00:00',
      'between 3 and 5': '11-25T15:00/11-25T17:00',
      'in the morning instead': '11-25T09:00/11-25T12:00',
      'not at 2, at 4': '11-25T16:00',
      '4 or 5pm': '11-25T16:00, 11-25T17:00',
      'at 7': '? 11-25T07:00',
      'давайте лучше в 16': '11-25T16:00',
      'лучше 16': '11-25T16:00',
      'перенесите на 11': '11-25T11:00',
      'сдвинем на 16:30': '11-25T16:30',
      'на 17-00': '11-25T17:00',
      'в полпятого': '11-25T16:30',
      'после обеда': '11-25T13:00/11-25T18:00',
      'с 15 до 17': '11-25T15:00/11-25T17:00',
      'вечером, в 8': '11-25T20:00',
      'не в 14, а в 16': '11-25T16:00',
    },
    WEDNESDAY,
  ))

test('a day that is named, and time counted from now, mean what they always do', () => {
  for (const [text, meant] of Object.entries({
    'today at 4': '11-23T16:00',
    'tonight at 8': '11-23T20:00',
    'tomorrow at 4': '11-24T16:00',
    'in an hour': '11-23T11:00',
    'Thursday at 4': '11-26T16:00',
    'on Thursday': '11-26T00:00/11-27T00:00',
    'сегодня в 4': '11-23T16:00',
    'завтра в 16': '11-24T16:00',
    'через час': '11-23T11:00',
    'в четверг в 16': '11-26T16:00',
    'сегодня вечером': '11-23T18:00/11-23T22:00',
  }))
    for (const booked of [undefined, WEDNESDAY]) assert.equal(read(text, booked), meant, text)
  for (const text of ['make it 4pm', 'давайте лучше в 16'])
    assert.equal(read(text, undefined), '11-23T16:00', text)
})

test('every known phrase with a day of its own is read as without a booking', () => {
  const DAYS =
    /tomorrow|today|tonight|завтра|сегодня|понед|вторник|сред[уы]|четверг|пятниц|(?:mon|tues|wednes|thurs|fri)day/iu
  const texts = file.cases.filter(({ text }) => DAYS.test(text))
  const alike = texts.filter(({ text, lang, reference, tz }) => {
    const said = { text, lang: lang === 'ru' ? ('ru' as const) : ('en' as const), reference, tz }
    const start = new Date(Date.parse(reference) + 9 * 86_400_000).toISOString()
    const plain = readTime(said)
    if (plain.ambiguous || plain.found.length === 0) return false
    assert.deepEqual(readTime({ ...said, booked: { start } }), plain, text)
    return true
  })
  assert.ok(alike.length > 50, String(alike.length))
})

test('what is counted from the booked meeting is read', () =>
  check(
    {
      'сдвинем на час позже': '11-25T15:00',
      'на полчаса раньше': '11-25T13:30',
      'можно на часик попозже': '11-25T15:00',
      'часом позже': '11-25T15:00',
      'на полтора часа позже': '11-25T15:30',
      'на двадцать минут позже': '11-25T14:20',
      'позже на 2 часа': '11-25T16:00',
      'завтра на час позже': '11-24T15:00',
      'в 14 не смогу, давайте на час позже': '11-25T15:00',
      'на час раньше или на час позже': '11-25T13:00, 11-25T15:00',
      'на день позже': '11-26T00:00/11-27T00:00',
      'на неделю позже': '12-02T00:00/12-03T00:00',
      'в то же время в четверг': '11-26T14:00',
      'в тот же день в 16': '11-25T16:00',
      'an hour later': '11-25T15:00',
      'move it half an hour earlier': '11-25T13:30',
      'thirty minutes later': '11-25T14:30',
      '1h later': '11-25T15:00',
      'later by an hour': '11-25T15:00',
      'tomorrow, an hour later': '11-24T15:00',
      'a day later': '11-26T00:00/11-27T00:00',
      'same time on Thursday': '11-26T14:00',
      'same day at 4': '11-25T16:00',
    },
    WEDNESDAY,
  ))

test('an amount that is not exact, or is a part of a larger one, is never read as another', () => {
  for (const text of [
    'пару часов позже',
    'на 2-3 часа позже',
    'на два или три часа позже',
    'на час и 30 минут позже',
    'на 1,5 часа позже',
    'на два с половиной часа позже',
    'минут на 15 позже',
    'на 12 часов позже',
    'на час раньше или позже',
    'на час позже, чем договорились',
    'сдвиньте на час',
    'на час вперёд',
    'не на час позже',
    'попозже',
    '1.5 hours later',
    '2 or 3 hours later',
    'an hour and 15 minutes later',
    'a couple of hours later',
    'an hour earlier or later',
    'an hour later than planned',
    '12 hours later',
    'push it back an hour',
    'later',
  ])
    assert.match(read(text, WEDNESDAY), /^(?:\?|$)/u, text)
})

test('of times that are offered in its place the one with that hour is meant; else it is asked', () => {
  const offered = ['2026-11-26T11:00:00+03:00', '2026-11-26T15:00:00+03:00', '2026-11-27T15:00:00+03:00']
  check(
    {
      'at 11': '11-26T11:00',
      'at 3': '? 11-26T15:00',
      'at 4': '? 11-25T16:00',
      'Wednesday at 4': '11-25T16:00',
      morning: '11-26T09:00/11-26T12:00',
      'after lunch': '11-26T13:00/11-26T18:00, 11-27T13:00/11-27T18:00',
      'an hour later': '',
      'в 11': '11-26T11:00',
      'в 16': '? 11-25T16:00',
    },
    { ...WEDNESDAY, offered },
  )
  check({ 'at 4': '11-25T16:00' }, { ...WEDNESDAY, offered: ['2026-11-25T17:00:00+03:00'] })
})

test('on the day of the meeting an hour that is over is asked about', () =>
  check(
    {
      'make it 4pm': '11-23T16:00',
      'at 11': '11-23T11:00',
      'на час позже': '11-23T16:00',
      'make it 9:30': '? 11-24T09:30',
      'в 9': '? 11-24T09:00',
    },
    { start: '2026-11-23T15:00:00+03:00' },
  ))

test('the day of the meeting is that of the clock in which the hour is told', () => {
  // Wednesday 22:00 in Moscow is Thursday in Vladivostok.
  const late = { start: '2026-11-25T22:00:00+03:00' }
  assert.equal(read('at 10am', late, 'Asia/Vladivostok'), '11-26T10:00')
  assert.equal(read('10am Moscow time', late, 'Asia/Vladivostok'), '11-25T10:00')
})
