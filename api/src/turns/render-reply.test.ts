import type { Decision, Offer, Proposal } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meeting } from '../meetings/google-event.ts'
import { proposal } from '../testing/seed.ts'
import { renderReply } from './render-reply.ts'

const decision = (sales: Partial<Proposal['sales']>, offers: Offer[] = []): Decision => ({
  ...proposal(sales, { offers }),
  promptVersions: { classifier: null, sales: 'sales/2' },
  origin: 'ai',
})
const offer = (id: string, label: string): Offer => ({
  id,
  label,
  sellerId: 'olga',
  start: '2030-06-03T08:00:00Z',
  end: '2030-06-03T08:30:00Z',
})
const meeting = {
  starts_at: new Date('2030-06-03T08:00:00Z'),
  meet_link: 'https://meet.example/abc',
} as Meeting
const ru = { language: 'ru', timeZone: 'Europe/Moscow', meeting: null } as const

test('a plain text stays as it is', () => {
  assert.equal(renderReply(decision({ reply: 'Добрый день!' }), { ...ru, meeting }), 'Добрый день!')
})

test('the times stand numbered in place of [TIMES], with their labels untouched', () => {
  const offers = [offer('a', 'пн, 11:00'), offer('b', "вт, $& $1 $'")]
  const text = renderReply(decision({ reply: 'Вот:\n[TIMES]\nКакое?', action: 'offer_times' }, offers), ru)
  assert.equal(text, "Вот:\n1) пн, 11:00\n2) вт, $& $1 $'\nКакое?")
})

test('the meeting stands in the zone and language of the lead, with its link at the end', () => {
  const book = decision({ reply: 'Записала: [MEETING].', action: 'book', offerId: 'a' })
  const moscow = renderReply(book, { ...ru, meeting })
  assert.match(moscow, /11:00/)
  assert.match(moscow, /июн/)
  assert.ok(moscow.endsWith('\nСсылка на встречу: https://meet.example/abc'))
  const tokyo = renderReply(book, { language: 'en', timeZone: 'Asia/Tokyo', meeting })
  assert.match(tokyo, /17:00/)
  assert.match(tokyo, /Jun/)
  assert.ok(tokyo.endsWith('\nMeeting link: https://meet.example/abc'))
})

test('the time is read back with weekday, date, time and zone, in both languages, forgotten or not', () => {
  for (const action of ['book', 'move'] as const) {
    for (const reply of ['Да: [MEETING]', 'Да:']) {
      const taken = decision({ reply, action, offerId: 'a' })
      const linkless = { ...meeting, meet_link: null }
      const say = (language: 'ru' | 'en', timeZone: string) =>
        renderReply(taken, { language, timeZone, meeting: linkless }).replace(/^Да:\s/, '')
      assert.equal(say('ru', 'Europe/Moscow'), 'пн, 3 июня, 11:00 МСК')
      assert.equal(say('en', 'Europe/Moscow'), 'Mon, 3 Jun, 11:00 Moscow time')
      assert.equal(say('en', 'Pacific/Auckland'), 'Mon, 3 Jun, 20:00 UTC+12')
      assert.equal(say('ru', 'Asia/Yekaterinburg'), 'пн, 3 июня, 13:00 по Екатеринбургу')
    }
  }
})

test('a moved meeting without a link has none; other actions never show a meeting', () => {
  const linkless = { ...meeting, meet_link: null }
  const moved = renderReply(decision({ reply: 'Перенесла: [MEETING]', action: 'move', offerId: 'a' }), {
    ...ru,
    meeting: linkless,
  })
  assert.match(moved, /11:00/)
  assert.doesNotMatch(moved, /Ссылка|\n/)
  assert.equal(
    renderReply(decision({ reply: 'Отменила.', action: 'cancel' }), { ...ru, meeting }),
    'Отменила.',
  )
})
