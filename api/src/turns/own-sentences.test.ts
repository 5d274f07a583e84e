import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everySentence } from '../../../texts/every-sentence.ts'
import { languages, texts, toForeigner } from '../../../texts/index.ts'
import { readBusiness } from '../settings/business.ts'
import { checkText } from '../replies/check-text.ts'
import { cleanText } from '../replies/clean-text.ts'
import { knownText } from '../replies/known-text.ts'
import { exampleBusiness } from '../testing/business.ts'
import { offerIn, proposal } from '../testing/seed.ts'
import { calendarAwayDecision } from './calendar-away-decision.ts'
import { truthOf } from './truth-of.ts'
import { fallbackDecision } from './fallback-decision.ts'

for (const [whose, business] of Object.entries({ 'config/business.yaml': readBusiness(), exampleBusiness })) {
  test(`whatever the code itself says to a lead passes the check of replies: ${whose}`, () => {
    const { company, bot } = business
    const offers = [offerIn(1), offerIn(2)]
    for (const language of languages) {
      const decisions = [
        ...(['first_touch', 'answer', 'follow_up', 'reminder', 'no_show'] as const).flatMap((kind) =>
          [proposal({}), proposal({}, { offers })].map((given) =>
            fallbackDecision(given, { language, kind, company }),
          ),
        ),
        ...(['cancel', 'book'] as const).map((action) =>
          calendarAwayDecision(proposal({ action }), { language, when: null }),
        ),
      ]
      const { whoWrites } = texts[language].lead
      const truths = [{}, { source: 'Яндекс Директ' }].flatMap((card) =>
        Object.values(truthOf(business, { card }, language)),
      )
      const own = [
        ...decisions.map(({ sales }) => sales.reply),
        ...truths,
        ...everySentence(texts[language].lead, () => '[MEETING]').map(({ sentence }) => sentence),
        ...Object.values(bot).map((text) => text[language]),
        `${whoWrites({ company: company.name[language], seller: company.seller[language] })} ${company.disclosure[language]}`,
        toForeigner('English or Russian'),
      ]
      for (const text of own) {
        assert.equal(cleanText(text), text)
        assert.equal(checkText(text, { known: knownText(business, truths), name: null }), null, text)
      }
    }
  })
}
