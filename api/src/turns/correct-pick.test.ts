import type { Decision } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offerIn, proposal } from '../testing/seed.ts'
import { renderReply } from './render-reply.ts'
import { correctPick } from './correct-pick.ts'

const [one, two] = [offerIn(24), offerIn(48)]
const facts = { hasMeeting: false, language: 'en' as const }
const talk = proposal({ reply: 'Nice!' }, { offers: [one, two] })

test('a pick that the model did not hear is carried out; its own words stay where they do the same', () => {
  const corrected = correctPick(talk, { offers: [one, two], picked: two }, facts)
  assert.deepEqual([corrected.sales.action, corrected.sales.offerId], ['book', two.id])
  assert.equal(corrected.classification?.pickedOfferId, two.id)
  const dated = { ...talk, classification: { ...talk.classification!, timeQuotes: ['the 2nd'] } }
  assert.deepEqual(
    correctPick(dated, { offers: [one, two], picked: two }, facts).classification?.timeQuotes,
    [],
  )
  const own = {
    ...talk,
    sales: { ...talk.sales, reply: 'Booked! [MEETING]', action: 'book' as const, offerId: two.id },
  }
  assert.equal(correctPick(own, { offers: [one, two], picked: two }, facts).sales.reply, 'Booked! [MEETING]')
  const move = correctPick(talk, { offers: [one, two], picked: two }, { ...facts, hasMeeting: true })
  assert.equal(move.sales.action, 'move')
})

test('another time than the picked one is never booked', () => {
  const wrong = { ...talk, sales: { ...talk.sales, action: 'book' as const, offerId: one.id } }
  assert.equal(correctPick(wrong, { offers: [one, two], picked: two }, facts).sales.offerId, two.id)
  const gone = correctPick({ ...wrong, offers: [one] }, { offers: [one, two], picked: two }, facts)
  assert.deepEqual([gone.sales.action, gone.sales.offerId], ['offer_times', null])
  assert.match(gone.sales.reply, /taken/)
  assert.equal(
    correctPick({ ...wrong, offers: [] }, { offers: [one, two], picked: two }, facts).sales.action,
    'talk',
  )
})

test('agreement that may mean several is asked back, and nothing is booked', () => {
  const wrong = { ...talk, sales: { ...talk.sales, action: 'book' as const, offerId: one.id } }
  const asked = correctPick(wrong, { offers: [one, two], picked: 'which' }, facts)
  assert.deepEqual([asked.sales.action, asked.sales.offerId, asked.offers.length], ['offer_times', null, 2])
  const other = proposal({ reply: 'These, too:\n[TIMES]', action: 'offer_times' }, { offers: [one, two] })
  assert.equal(correctPick(other, { offers: [one], picked: 'which' }, facts), other)
})

test('asked back is in one line, and the list does not come a second time', () => {
  const again = proposal(
    { reply: 'I can offer:\n[TIMES]\nWhich one?', action: 'offer_times' },
    { offers: [one, two] },
  )
  for (const given of [again, talk])
    for (const language of ['en', 'ru'] as const) {
      const { sales, offers } = correctPick(
        given,
        { offers: [one, two], picked: 'which' },
        { ...facts, language },
      )
      const decision: Decision = {
        ...talk,
        sales,
        offers,
        promptVersions: { classifier: null, sales: 'sales/2' },
        origin: 'ai',
      }
      const said = renderReply(decision, { language, timeZone: 'Europe/Moscow', meeting: null })
      const or = language === 'en' ? 'or' : 'или'
      assert.ok(said.endsWith(`: ${one.label} ${or} ${two.label}?`), said)
      assert.doesNotMatch(said, /\n|1\)/)
    }
})

test('nothing is corrected without a pick, nor when a human is called', () => {
  assert.equal(correctPick(talk, { offers: [one], picked: null }, facts), talk)
  const handoff = proposal({ action: 'handoff' })
  assert.equal(correctPick(handoff, { offers: [one], picked: one }, facts), handoff)
})
