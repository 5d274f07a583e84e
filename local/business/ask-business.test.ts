import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { businessFile, judgeBusiness } from '../../api/src/settings/business.ts'
import { texts } from '../../texts/index.ts'
import { openInterview } from '../terminal/interview.ts'
import { askBusiness } from './ask-business.ts'
import { calendarOf, countryOf, idOf, languageOf, lineOf, minutesOf, zoneOf } from './read-answers.ts'

const sample = readFileSync(businessFile, 'utf8')
const text = texts.ru.terminal.newBusiness

/** The file that these lines make, and what the person saw meanwhile. */
async function answer(lines: string[]) {
  const typed = new PassThrough()
  const screen = new PassThrough()
  let shown = ''
  screen.on('data', (chunk) => (shown += String(chunk)))
  typed.end(`${lines.join('\n')}\n`)
  const person = openInterview(typed, screen)
  const made = await askBusiness(person, { sample, zone: 'Europe/Moscow', text })
  person.close()
  return { made, shown }
}

const judge = (made: string | null) => {
  assert.ok(made)
  const { value, problems } = judgeBusiness(made, '/nowhere/business.yaml')
  assert.deepEqual(problems, [])
  assert.ok(value)
  return value
}

test('odd answers are asked again until the file is a good one', async () => {
  const { made, shown } = await answer([
    '',
    'Ромашка: «цветы» # 24/7',
    '',
    'x'.repeat(101),
    'Пётр Ильич',
    'Peter I.',
    'Цветы на дом',
    '',
    'по-каковски',
    'русский',
    'Нарния',
    'Екатеринбург',
    'Россия',
    'не знаю',
    'petr@romashka.ru',
    'долго',
    'полчаса',
  ])
  const business = judge(made)
  assert.deepEqual(business.company.name, { ru: 'Ромашка: «цветы» # 24/7', en: 'Ромашка: «цветы» # 24/7' })
  assert.deepEqual(business.company.offer, { ru: 'Цветы на дом', en: 'Цветы на дом' })
  const [seller] = business.sellers
  assert.deepEqual(
    [seller?.id, seller?.name.ru, seller?.timeZone, seller?.calendar],
    ['peter-i', 'Пётр Ильич', 'Asia/Yekaterinburg', 'petr@romashka.ru'],
  )
  assert.deepEqual(
    [business.language, business.timeZone, business.country, business.meeting.durationMin],
    ['ru', 'Asia/Yekaterinburg', 'RU', 30],
  )
  for (const name of ['companyRu', 'sellerRu', 'language', 'zone', 'calendar', 'minutes'] as const)
    assert.equal(shown.split(text.wanted[name]).length - 1, 1, name)
})

test('nothing of the sample company is left where it is named', async () => {
  const { made } = await answer(['Ромашка', '', 'Пётр', '', 'Цветы', '', '', '', '', '', ''])
  const business = judge(made)
  assert.equal(business.sellers[0]?.id, 'seller')
  assert.doesNotMatch(
    JSON.stringify([business.company, business.sellers]),
    /Северный|Northlight|Анн|anna|её|her /i,
  )
})

test('who leaves half-way gets no file', async () => {
  assert.equal((await answer(['Ромашка', ''])).made, null)
})

test('what people type is read as the setting that it means', () => {
  const cases: [read: (typed: string) => unknown, [typed: string, value: unknown][]][] = [
    [
      zoneOf,
      [
        ['москва', 'Europe/Moscow'],
        ['europe/moscow', 'Europe/Moscow'],
        ['UTC', 'UTC'],
        ['London', 'Europe/London'],
        ['Нигде', null],
        ['+3', null],
      ],
    ],
    [
      countryOf,
      [
        ['ru', 'RU'],
        ['Россия', 'RU'],
        ['kazakhstan', 'KZ'],
        ['Atlantis', null],
        ['', null],
      ],
    ],
    [
      languageOf,
      [
        ['EN', 'en'],
        ['English', 'en'],
        ['английский', 'en'],
        ['русский', 'ru'],
        ['fr', null],
      ],
    ],
    [
      calendarOf,
      [
        ['Default', 'default'],
        ['a@b.ru', 'a@b.ru'],
        ['anna', null],
      ],
    ],
    [
      minutesOf(5, 480),
      [
        ['45', 45],
        ['45 минут', 45],
        ['1,5 часа', 90],
        ['1 h 15 min', 75],
        ['час', 60],
        ['', null],
        ['-5', null],
        ['1000', null],
        ['1e2', null],
      ],
    ],
    [
      lineOf(5),
      [
        [' a\u200B  b\u0007 ', 'a b'],
        ['123456', null],
        ['\u0000', null],
      ],
    ],
    [
      (typed) => idOf(typed, 'seller'),
      [
        ['Anna K.', 'anna-k'],
        ['Анна', 'seller'],
        ['9'.repeat(60), '9'.repeat(40)],
      ],
    ],
  ]
  for (const [read, rows] of cases) for (const [typed, value] of rows) assert.equal(read(typed), value, typed)
})
