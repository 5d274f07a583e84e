import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { cardAgrees } from './card-agrees.ts'

const violationsOf = (tell: ReturnType<typeof tellStory>) =>
  cardAgrees.check(tell.observed).violations.map(({ what }) => what)

test('a card that missed the booking, or kept a cancelled one, is found', () => {
  const missed = tellStory()
  missed.usual()
  missed.books(28, 12)
  assert.match(violationsOf(missed)[0]!, /MEETING_AT is empty/)
  assert.match(violationsOf(missed)[1]!, /status 3004 with a meeting/)

  const kept = tellStory()
  kept.usual()
  kept.booked()
  kept.books(40, 12, { kind: 'event.delete' })
  assert.match(violationsOf(kept)[0]!, /the calendar says empty/)
  kept.card(41, { status_id: 3004, MEETING_AT: null })
  kept.says(42, 'Отмените')
  kept.thinks(43, 'Отменяю', { action: 'cancel', newMessages: ['Отмените'] })
  kept.sends(44, 'Отменяю')
  assert.deepEqual(violationsOf(kept), [])
})

test('an older meeting time on the card after a move is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  tell.books(40, 13, { kind: 'event.patch' })
  assert.match(
    violationsOf(tell)[0]!,
    /MEETING_AT is 2026-11-26T12:00:00.000Z, the calendar says 2026-11-26T13:00/,
  )
})

test('a refusal that did not lose the lead, and a hand-over without a task, are found', () => {
  const closed = tellStory()
  closed.usual()
  closed.thinks(20, 'Понятно', { action: 'close', newMessages: [] })
  closed.sends(21, 'Понятно')
  assert.match(violationsOf(closed)[0]!, /status 3004 after close/)
  closed.card(22, { status_id: 143 })
  assert.deepEqual(violationsOf(closed), [])

  const handed = tellStory()
  handed.usual()
  handed.thinks(20, 'Передаю', { action: 'handoff' })
  handed.sends(21, 'Передаю')
  assert.match(violationsOf(handed)[0]!, /without a task/)
})
