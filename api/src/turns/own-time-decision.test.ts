import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksOwnTime } from '../hearing/zone/asks-own-time.ts'
import { type Clocks, ownTimeText } from './own-time-decision.ts'

const clocks: Clocks = {
  now: new Date('2027-01-11T09:00:00Z'),
  language: 'ru',
  leadZone: 'Europe/Lisbon',
  isSure: true,
  sellerZone: 'Europe/Moscow',
  offered: [],
  meetingAt: null,
  minutes: null,
}

test('an hour of ours, on the clock of the lead', () => {
  assert.equal(ownTimeText({ ...clocks, minutes: 600 }), '10:00 МСК у нас — это 07:00 по Лиссабону у вас.')
  const summer = { ...clocks, now: new Date('2027-07-12T09:00:00Z'), minutes: 600 }
  assert.equal(ownTimeText(summer), '10:00 МСК у нас — это 08:00 по Лиссабону у вас.')
})

test('both ends change their clocks on different days', () => {
  const usa = {
    ...clocks,
    language: 'en' as const,
    leadZone: 'America/New_York',
    sellerZone: 'Europe/Berlin',
    minutes: 900,
  }
  const at = (day: string) => ownTimeText({ ...usa, now: new Date(`${day}T09:00:00Z`) })
  assert.match(at('2027-03-10'), /is 09:00 New York time/)
  assert.match(at('2027-03-20'), /is 10:00 New York time/)
  assert.match(at('2027-04-02'), /is 09:00 New York time/)
})

test('offers, the meeting, and only the clocks', () => {
  assert.match(
    ownTimeText({ ...clocks, offered: ['2027-01-12T07:00:00Z', '2027-01-12T22:30:00Z'] }),
    /1\) вт, 12 января, 07:00 по Лиссабону \(10:00 МСК\)\n2\) вт, 12 января, 22:30 по Лиссабону \(ср, 13 января, 01:30 МСК\)/,
  )
  assert.match(
    ownTimeText({ ...clocks, meetingAt: new Date('2027-01-12T07:00:00Z') }),
    /07:00 по Лиссабону \(10:00 МСК\)/,
  )
  assert.equal(ownTimeText(clocks), 'Сейчас у нас 12:00 МСК, у вас 09:00 по Лиссабону.')
})

test('who is nowhere known is asked for the city', () => {
  assert.match(ownTimeText({ ...clocks, isSure: false }), /московскому времени\. В каком вы городе\?/)
  assert.match(
    ownTimeText({ ...clocks, isSure: false, language: 'en' }),
    /Moscow time\. Which city are you in\?/,
  )
})

test('the question is known', () => {
  assert.deepEqual(asksOwnTime('у вас 10 это во сколько у меня?'), { minutes: 600 })
  for (const text of [
    'what is that in my time?',
    'а по моему времени это сколько?',
    'Is that your time or mine?',
    'По какому времени?',
    'what time is that for me?',
    'which time zone?',
    'это по мск?',
  ])
    assert.ok(asksOwnTime(text), text)
  for (const text of [
    'Сколько это стоит?',
    'Во сколько встреча?',
    'What time works for you?',
    'моё время дорого',
    'Is it your time tracker?',
  ])
    assert.equal(asksOwnTime(text), null, text)
})
