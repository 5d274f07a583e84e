import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeTexts } from '../meetings/change-texts.ts'
import { readBusiness } from '../settings/business.ts'
import { checkText } from '../replies/check-text.ts'
import { cleanText } from '../replies/clean-text.ts'
import { knownText } from '../replies/known-text.ts'
import { whoWrites } from '../telegram/disclose.ts'
import { exampleBusiness } from '../testing/business.ts'
import { offerIn, proposal } from '../testing/seed.ts'
import { calendarAwayDecision } from './calendar-away-decision.ts'
import { fallbackDecision } from './fallback-decision.ts'

for (const [whose, business] of Object.entries({ 'config/business.yaml': readBusiness(), exampleBusiness })) {
  test(`whatever the code itself says to a lead passes the check of replies: ${whose}`, () => {
    const { company, bot } = business
    const offers = [offerIn(1), offerIn(2)]
    for (const language of ['ru', 'en'] as const) {
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
      const texts = [
        ...decisions.map(({ sales }) => sales.reply),
        ...Object.values(changeTexts[language]).map((text) => text.replace('{when}', '[MEETING]')),
        ...Object.values(bot).map((text) => text[language]),
        `${whoWrites[language](company.name[language], company.seller[language])} ${company.disclosure[language]}`,
      ]
      for (const text of texts) {
        assert.equal(cleanText(text), text)
        assert.equal(checkText(text, { known: knownText(business), name: null }), null, text)
      }
    }
  })
}
