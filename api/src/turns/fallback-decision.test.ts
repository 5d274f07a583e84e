import {
  type Action,
  type Classification,
  classifierVersion,
  explainNotFree,
  notFreeReasonSchema,
  type Plan,
  type Proposal,
  salesVersion,
} from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../../texts/index.ts'
import { exampleBusiness } from '../testing/business.ts'
import { offerIn, proposal } from '../testing/seed.ts'
import { knownText } from '../replies/known-text.ts'
import { checkDeeds } from './check-deeds.ts'
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

test('times of the last list are asked about in one line, others are listed', () => {
  const facts = { language: 'en', kind: 'answer', company } as const
  const replyTo = (shown: typeof offers) =>
    fallbackDecision(proposal(bad, { offers }), { ...facts, shown }).sales.reply
  assert.equal(replyTo(offers), texts.en.lead.picked.which)
  assert.equal(replyTo(offers.slice(1)), texts.en.lead.offerTimes)
})

test('a first message does not say that the seller writes', () => {
  for (const language of ['ru', 'en'] as const) {
    const { sales } = fallbackDecision(proposal(bad), { language, kind: 'first_touch', company })
    assert.ok(sales.reply.includes(company.disclosure[language]))
    assert.doesNotMatch(sales.reply, /This is \p{Lu}\p{L}+ from|Это \p{Lu}/u)
  }
})

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

const plan: Plan = { stage: 'need', ask: 'need', offer: 'not yet', score: 0 }
const heard = (changes: Partial<Classification>) => ({
  classification: { ...proposal().classification!, ...changes },
})

for (const language of ['ru', 'en'] as const)
  test(`${language}: the standby text fits the stage, says what it does and passes every check`, () => {
    const lead = texts[language].lead
    const rows: [Parameters<typeof fallbackDecision>[1]['kind'], Partial<Proposal>, string, Action][] = [
      ['reminder', { classification: null, offers }, lead.standby.reminder, 'talk'],
      ['follow_up', { classification: null, offers }, lead.standby.followUp, 'talk'],
      ['no_show', { classification: null, offers }, `${lead.standby.noShow}\n[TIMES]`, 'offer_times'],
      ['no_show', { classification: null }, lead.standby.noShow, 'talk'],
      [
        'answer',
        { ...heard({ intent: 'cancel' }), plan: { ...plan, stage: 'booked' }, offers },
        lead.cancelledLater,
        'handoff',
      ],
      ['answer', { ...heard({ intent: 'wants_human' }), offers }, lead.handedOver, 'handoff'],
      [
        'answer',
        { ...heard({ intent: 'objection' }), plan: { ...plan, stage: 'objection' }, offers },
        lead.standby.objection,
        'talk',
      ],
      [
        'answer',
        { ...heard({ intent: 'question' }), plan: { ...plan, stage: 'booked', ask: null }, offers },
        lead.handedOver,
        'handoff',
      ],
    ]
    for (const [kind, given, reply, action] of rows) {
      const decision = fallbackDecision(proposal(bad, given), { language, kind, company })
      assert.deepEqual([decision.sales.reply, decision.sales.action], [reply, action], kind)
      const hasMeeting = kind === 'reminder' || given.plan?.stage === 'booked'
      const known = { text: '', names: [] }
      assert.equal(checkProposal(decision, { known, hasMeeting, name: null }), null)
      assert.equal(checkDeeds(decision, { hasMeeting, names: [] }), null)
    }
  })

test('a model that hands over in words that may not be said still hands over', () => {
  const given = proposal({ reply: 'Скидка 90%, а вопрос передам коллеге!', action: 'handoff' }, { offers })
  const { sales } = fallbackDecision(given, { language: 'ru', kind: 'answer', company })
  assert.deepEqual([sales.reply, sales.action], [texts.ru.lead.handedOver, 'handoff'])
})
