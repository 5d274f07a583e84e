import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTime, type TimeWish } from './read-time.ts'

/** Friday 20 November 2026, 10:00 in Moscow, unless a phrase names another moment. */
const FRIDAY = '2026-11-20T10:00:00+03:00'

function short(wish: TimeWish): string {
  const cut = (text: string): string => text.slice(5, 16)
  if ('point' in wish) return cut(wish.point)
  return wish.from === wish.to ? cut(wish.from) : `${cut(wish.from)}/${cut(wish.to)}`
}

function read(text: string, reference = FRIDAY, tz = 'Europe/Moscow'): string {
  const { found, ambiguous } = readTime({ text, reference, tz })
  return (ambiguous ? '? ' : '') + found.map(short).join(', ')
}

const WHOLE: Record<string, string> = {
  завтра: '11-21T00:00/11-22T00:00',
  tomorrow: '11-21T00:00/11-22T00:00',
  'через 10 дней': '11-30T00:00/12-01T00:00',
  'через две недели': '12-04T00:00/12-05T00:00',
  'a week from Monday': '11-30T00:00/12-01T00:00',
  'Monday week': '11-30T00:00/12-01T00:00',
  'в эту пятницу': '? 11-20T00:00/11-21T00:00',
  '20 ноября': '11-20T00:00/11-21T00:00',
  'next Friday': '11-27T00:00/11-28T00:00',
  'в среду на следующей неделе': '11-25T00:00/11-26T00:00',
  'в конце недели': '11-20T10:00/11-21T00:00',
  'с 23 по 25 ноября': '11-23T00:00/11-26T00:00',
  'двадцать пятого ноября': '11-25T00:00/11-26T00:00',
  'до 25 ноября': '11-20T10:00/11-25T00:00',
  'через 3 рабочих дня': '11-25T00:00/11-26T00:00',
  'в декабре': '12-01T00:00/01-01T00:00',
  'вторая половина следующей недели': '11-26T00:00/11-28T00:00',
  'on the 31st': '12-31T00:00/01-01T00:00',
  '5/12': '? 12-05T00:00/12-06T00:00',
}

const CLOCKS: Record<string, string> = {
  'завтра в 14ч': '11-21T14:00',
  'завтра в 15 часов 30 минут': '11-21T15:30',
  'завтра в пол шестого': '11-21T17:30',
  полпервого: '11-20T12:30',
  'завтра в пять минут второго': '11-21T13:05',
  'завтра без пятнадцати час': '11-21T12:45',
  'завтра в пятнадцать тридцать': '11-21T15:30',
  'завтра в 8': '? 11-21T08:00',
  'завтра в 8:00': '11-21T08:00',
  'завтра в полночь': '11-22T00:00',
  'часов в пять': '11-20T17:00',
  'tomorrow at quarter to four': '11-21T15:45',
  'tomorrow at 3 in the afternoon': '11-21T15:00',
  'five to three tomorrow': '11-21T14:55',
  '12am tomorrow': '11-21T00:00',
  'at 1500 hours tomorrow': '11-21T15:00',
  '3ish tomorrow': '11-21T15:00',
  '2026-11-26T15:00': '11-26T15:00',
  'чт, 26 ноября, 15:00 МСК': '11-26T15:00',
  'Thu, 26 Nov, 15:00 Moscow time': '11-26T15:00',
}

const RANGES: Record<string, string> = {
  'завтра с 11 до часу': '11-21T11:00/11-21T13:00',
  'завтра 10-12': '11-21T10:00/11-21T12:00',
  'с часу до трёх': '11-20T13:00/11-20T15:00',
  'до обеда': '11-20T10:00/11-20T12:00',
  'с 2 до 4': '11-20T14:00/11-20T16:00',
  'завтра не раньше 15': '11-21T15:00/11-22T00:00',
  'в понедельник после 14 до 18': '11-23T14:00/11-23T18:00',
  '2 to 4pm tomorrow': '11-21T14:00/11-21T16:00',
  'tomorrow 10am-12pm': '11-21T10:00/11-21T12:00',
  'tomorrow from 9 to 5': '11-21T09:00/11-21T17:00',
  'Mon-Wed': '11-23T00:00/11-26T00:00',
  'в течение часа': '11-20T10:00/11-20T11:00',
}

const SEVERAL: Record<string, string> = {
  'в среду или четверг в 15': '11-25T15:00, 11-26T15:00',
  'at 3 on Tuesday or Wednesday': '11-24T15:00, 11-25T15:00',
  'в 11, 14 или 16 завтра': '11-21T11:00, 11-21T14:00, 11-21T16:00',
  'завтра утром или вечером': '11-21T09:00/11-21T12:00, 11-21T18:00/11-21T22:00',
  'Tuesday at 10 or Thursday at 2': '11-24T10:00, 11-26T14:00',
}

const CORRECTED: Record<string, string> = {
  'нет, в среду': '11-25T00:00/11-26T00:00',
  'завтра в 3, нет, в среду': '? 11-25T15:00',
  'давайте завтра в 3, а лучше в 4': '11-21T16:00',
  'не в среду, а в четверг': '11-26T00:00/11-27T00:00',
  'завтра занят, в среду после 16 свободен': '11-25T16:00/11-26T00:00',
  "I can't do Monday, how about Tuesday at 3?": '11-24T15:00',
  '3pm tomorrow, actually make it 4': '11-21T16:00',
  "I'm busy until 3 tomorrow": '? 11-21T15:00/11-22T00:00',
  'завтра не смогу': '',
  "I'm away until Thursday": '? 11-26T00:00/11-30T00:00',
}

const MISSPELT: Record<string, string> = {
  'завтро в 11': '11-21T11:00',
  'в понедельнк в 10': '11-23T10:00',
  'после завтра в 12': '11-22T12:00',
  'wensday at 2': '11-25T14:00',
  'tommorow at 11': '11-21T11:00',
}

const NO_TIME = [
  'среда разработки',
  'окружающая среда',
  'меня зовут Марта',
  'в 3 раза дороже',
  'у нас 15 менеджеров на 5 этаже',
  'бюджет 15 000 рублей',
  '100 звонков в час',
  '50 заявок в день',
  'добрый день, сколько стоит?',
  'встреча займёт 30 минут?',
  'скидка 10.5',
  'в субботу не работаем',
  'работаем с 9 до 18',
  'вчера звонил в 15:00',
  'завтрак включён?',
  'give me a second',
  'we sat down',
  'sat down to think',
  'version 3.5',
  'the sun is shining',
  'May I ask?',
  'between 10 and 20 people',
  'good morning!',
  'we met last Monday at 5',
  'one of us will call',
]

const groups = { WHOLE, CLOCKS, RANGES, SEVERAL, CORRECTED, MISSPELT }
for (const [group, phrases] of Object.entries(groups)) {
  test(`phrases: ${group.toLowerCase()}`, () => {
    const answers = Object.fromEntries(Object.keys(phrases).map((text) => [text, read(text)]))
    assert.deepEqual(answers, phrases)
  })
}

test('phrases without a time', () => {
  assert.deepEqual(
    NO_TIME.filter((text) => read(text) !== ''),
    [],
  )
})

test('our own labels are read back to the same instant', () => {
  assert.equal(read('вт, 1 декабря, 09:00'), '12-01T09:00')
  assert.equal(read('Tue, 1 Dec, 09:00'), '12-01T09:00')
})

test('a weekday is counted from the writer’s own day, not from UTC', () => {
  assert.equal(read('завтра в 9', '2026-11-20T20:00:00-08:00', 'America/Los_Angeles'), '11-21T09:00')
  assert.equal(read('в понедельник', '2026-11-22T23:50:00+03:00'), '11-23T00:00/11-24T00:00')
})

test('wall clock on the day the clocks change', () => {
  const berlin = '2026-10-24T15:00:00+02:00'
  assert.deepEqual(readTime({ text: 'tomorrow at 3pm', reference: berlin, tz: 'Europe/Berlin' }).found, [
    { point: '2026-10-25T15:00:00+01:00' },
  ])
  assert.equal(read('через 24 часа', berlin, 'Europe/Berlin'), '10-25T14:00')
})

test('after midnight tomorrow may be the coming day', () => {
  assert.deepEqual(
    readTime({ text: 'завтра в 10', reference: '2026-11-21T00:30:00+03:00', tz: 'Europe/Moscow' }),
    {
      found: [{ point: '2026-11-22T10:00:00+03:00' }],
      ambiguous: true,
      approximate: false,
      alternatives: [{ point: '2026-11-21T10:00:00+03:00' }],
    },
  )
})

test('"your time" is the zone of the seller that was given', () => {
  const answer = readTime({
    text: 'tomorrow at 10 your time',
    reference: FRIDAY,
    tz: 'Europe/Moscow',
    sellerTz: 'Asia/Dubai',
  })
  assert.deepEqual(answer.found, [{ point: '2026-11-21T10:00:00+04:00' }])
  assert.equal(answer.ambiguous, true)
})

test('the zone of the process changes nothing', () => {
  const before = process.env.TZ
  try {
    const answers = ['UTC', 'America/New_York', 'Asia/Tokyo'].map((tz) => {
      process.env.TZ = tz
      return read('the day after tomorrow at 11am')
    })
    assert.deepEqual(
      answers,
      Array.from({ length: 3 }, () => '11-22T11:00'),
    )
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('bad input names the field', () => {
  assert.throws(() => readTime({ text: 'x', reference: 'now', tz: 'Europe/Moscow' }), /reference/)
  assert.throws(() => readTime({ text: 'x', reference: FRIDAY, tz: 'Moscow' }), /tz/)
})

test('letters of several zones are asked about, unless one side lives in one of them', () => {
  const of = (text: string, tz: string) => {
    const { found, ambiguous } = readTime({ text, reference: FRIDAY, tz })
    return { found, ambiguous }
  }
  for (const letters of ['IST', 'CST', 'BST'])
    assert.equal(of(`tomorrow 11am ${letters}`, 'Europe/Moscow').ambiguous, true, letters)
  assert.deepEqual(of('tomorrow 11am IST', 'Europe/Dublin'), {
    found: [{ point: '2026-11-21T11:00:00+00:00' }],
    ambiguous: false,
  })
  assert.deepEqual(of('tomorrow 11am CST', 'Asia/Shanghai'), {
    found: [{ point: '2026-11-21T11:00:00+08:00' }],
    ambiguous: false,
  })
})

test('the year of a month and of an n-th weekday is kept', () => {
  const first = (text: string) =>
    JSON.stringify(readTime({ text, reference: FRIDAY, tz: 'Europe/Moscow' }).found[0])
  assert.match(first('third Tuesday of September 2027'), /2027-09-21/)
  assert.match(first('в декабре следующего года'), /2027-12-01/)
  assert.match(first('December next year'), /2027-12-01/)
})
