import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTime } from './read-time.ts'

const moment = { reference: '2031-02-03T10:00:00+03:00', tz: 'Europe/Moscow' }
const read = (text: string) => readTime({ ...moment, text })

/** Russian in Latin letters means what it means in Cyrillic ones. */
const pairs: [latin: string, cyrillic: string][] = [
  ['davayte zavtra posle obeda', 'давайте завтра после обеда'],
  ['mozhno v pyatnicu v 12:30?', 'можно в пятницу в 12:30?'],
  ['mozhno v pyatnitsu v 12:30?', 'можно в пятницу в 12:30?'],
  ['v chetverg v 15', 'в четверг в 15'],
  ['zavtra v 10', 'завтра в 10'],
  ['poslezavtra utrom', 'послезавтра утром'],
  ['segodnya vecherom', 'сегодня вечером'],
  ['v ponedelnik v pyat vechera', 'в понедельник в пять вечера'],
  ['v voskresenye dnem', 'в воскресенье днем'],
  ['cherez nedelyu', 'через неделю'],
  ['davajte v sredu v polden', 'давайте в среду в полдень'],
  ['davai zavtra v 3 chasa', 'давай завтра в 3 часа'],
  ['ne zavtra, v chetverg', 'не завтра, в четверг'],
  ['v subbotu', 'в субботу'],
  ['vo vtornik posle 16', 'во вторник после 16'],
]
for (const [latin, cyrillic] of pairs)
  test(`${latin} is ${cyrillic}`, () => {
    const meant = read(cyrillic)
    assert.ok(meant.found.length > 0)
    assert.deepEqual(read(latin), meant)
    assert.deepEqual(readTime({ ...moment, text: latin, lang: 'en' }), meant)
  })

test('English stays English', () => {
  for (const text of [
    'let Chas know on Friday at 5pm',
    'obedient dogs are welcome: Friday at 5pm',
    'Friday at 5 pm',
  ])
    assert.deepEqual(read(text), read('Friday at 5pm'), text)
})

test('an hour of a day in another language is asked for, never taken for today', () => {
  for (const text of [
    'el viernes a las 12:30',
    'vendredi à 15:00',
    'am Freitag um 14:00',
    'venerdì alle 12:30',
    'piątek o 12:30',
    'у п’ятницю о 12:30',
    'в неділю о 12:30',
    'жұма 15:00',
    'cuma 15:00',
    'mañana a las 10:00',
  ]) {
    const { found, ambiguous } = read(text)
    assert.ok(found.length === 0 || ambiguous, text)
  }
})
