import { classifierVersion, explainNotFree, notFreeReasonSchema, salesVersion } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleBusiness } from '../testing/business.ts'
import { offerIn, proposal } from '../testing/seed.ts'
import { knownText } from '../replies/known-text.ts'
import { checkProposal } from './check-reply.ts'
import { fallbackDecision } from './fallback-decision.ts'

const company = exampleBusiness.company
const offers = [offerIn(1), offerIn(2)]
const bad = { reply: 'Скидка 90%!', action: 'book', offerId: 'invented', note: 'x' } as const

for (const language of ['ru', 'en'] as const) {
  test(`${language}: with free times they are offered, without any a human takes over; both pass our own checks`, () => {
    const withTimes = fallbackDecision(proposal(bad, { offers }), { language, kind: 'answer', company })
    assert.equal(withTimes.sales.action, 'offer_times')
    assert.equal(withTimes.sales.offerId, null)
    assert.deepEqual(withTimes.offers, offers)
    const without = fallbackDecision(proposal(bad), { language, kind: 'answer', company })
    assert.equal(without.sales.action, 'handoff')
    for (const decision of [withTimes, without]) {
      assert.equal(decision.origin, 'fallback')
      assert.doesNotMatch(decision.sales.reply, /90/)
      assert.equal(
        checkProposal(decision, { known: { text: '', names: [] }, hasMeeting: false, name: null }),
        null,
      )
      assert.match(decision.sales.reply, language === 'ru' ? /[а-яё]/i : /^[^а-яё]+$/i)
    }
  })
}

test('what was understood stays, and so do the versions of the prompts', () => {
  const given = proposal(bad, { offers })
  const decision = fallbackDecision(given, { language: 'ru', kind: 'answer', company })
  assert.deepEqual(decision.classification, given.classification)
  assert.deepEqual(decision.promptVersions, { classifier: classifierVersion, sales: salesVersion })
  const unclassified = fallbackDecision(proposal(bad, { classification: null }), {
    language: 'ru',
    kind: 'answer',
    company,
  })
  assert.deepEqual(unclassified.promptVersions, { classifier: null, sales: salesVersion })
})

test('a refused first touch still opens the talk, with the disclosure, and hands nobody over', () => {
  for (const language of ['ru', 'en'] as const) {
    for (const given of [proposal(bad), proposal(bad, { offers })]) {
      const decision = fallbackDecision(given, { language, kind: 'first_touch', company })
      assert.equal(decision.sales.action, 'talk')
      assert.ok(decision.sales.reply.includes(company.disclosure[language]))
      const facts = { known: knownText(exampleBusiness), hasMeeting: false, name: null }
      assert.equal(checkProposal(decision, facts), null)
    }
  }
})

for (const language of ['ru', 'en'] as const) {
  for (const reason of notFreeReasonSchema.options) {
    test(`${language}: times are offered with the true reason, ${reason}, and words of another reason are refused`, () => {
      const facts = { known: { text: '', names: [] }, hasMeeting: false, name: null }
      const given = { offers, wishFree: false, notFree: [reason] }
      const decision = fallbackDecision(proposal(bad, given), { language, kind: 'answer', company })
      const why = explainNotFree([reason], language) ?? ''
      assert.ok(decision.sales.reply.startsWith(why), decision.sales.reply)
      assert.equal(checkProposal(decision, facts), null)
      const lie = explainNotFree([reason === 'taken' ? 'closed_day' : 'taken'], language) ?? ''
      const reply = decision.sales.reply.replace(why, () => lie)
      assert.match(
        checkProposal(proposal({ ...decision.sales, reply }, given), facts) ?? '',
        /why the wished time/,
      )
    })
  }
}
