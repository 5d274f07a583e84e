import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { meetingsTold } from './meetings-told.ts'
import { asTold, toldTime } from './told-times.ts'

const violationsOf = (tell: ReturnType<typeof tellStory>) =>
  meetingsTold.check(tell.observed).violations.map(({ what }) => what)

test('a time is read as it is written in both languages; a list of offers tells none', () => {
  const from = 'ai' as const
  assert.equal(
    toldTime({ from, text: 'Записаны: чт, 26 ноября, 15:00 по Москве. До встречи!' }),
    '26.11 15:00',
  )
  assert.equal(toldTime({ from, text: 'You are booked: Thu, 26 Nov, 09:30 Moscow time' }), '26.11 09:30')
  assert.equal(
    toldTime({
      from,
      text: 'You are booked: Thu, 26 Nov, 22:30 London time (Fri, 27 Nov, 01:30 Moscow time). Bye!',
    }),
    '27.11 01:30',
  )
  assert.equal(
    toldTime({ from, text: 'Set: Thu, 26 Nov, 11:30 London time (14:30 Moscow time). Bye!' }),
    '26.11 14:30',
  )
  assert.equal(toldTime({ from, text: 'Есть:\n1) чт, 26 ноября, 15:00\nПодойдёт?' }), null)
  assert.equal(asTold(Date.parse('2026-11-26T12:00:00Z')), '26.11 15:00')
  assert.equal(asTold(Date.parse('2026-11-26T21:30:00Z')), '27.11 00:30')
})

test('a meeting that its lead was not told of is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.books(20, 12)
  assert.match(violationsOf(tell)[0]!, /was last told nothing/)
  tell.task(
    21,
    'Встреча есть в календаре (чт, 26 ноября, 15:00), но клиенту о ней не написано: сообщите ему сами.',
  )
  assert.deepEqual(violationsOf(tell), [])
})

test('a time told before or without its event is found', () => {
  const tell = tellStory()
  tell.sends(10, 'Записаны: чт, 26 ноября, 15:00 по Москве')
  tell.books(12, 12)
  assert.match(violationsOf(tell)[0]!, /was told 26.11 15:00, which was not on the calendar/)
})

test('an old time told after a move is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  tell.books(40, 13, { kind: 'event.patch' })
  assert.match(violationsOf(tell)[0]!, /at 26.11 16:00 and was last told 26.11 15:00/)
})

test("two meetings of one lead, and one of nobody's, are found", () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  tell.books(40, 14, { id: 'event2' })
  tell.books(41, 16, { id: 'event3', name: 'Nobody' })
  const found = violationsOf(tell).join('; ')
  assert.match(found, /has 2 meetings/)
  assert.match(found, /Nobody is not of exactly one lead/)
})
