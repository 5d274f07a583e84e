import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCitations } from '../../api/src/knowledge/check-citations.ts'
import { checkText } from '../../api/src/replies/check-text.ts'
import { knownText } from '../../api/src/replies/known-text.ts'
import { readBusiness } from '../../api/src/settings/business.ts'
import { replyTexts } from '../../simulators/llm/assistant/reply-texts.ts'

/** A sentence that is refused costs a second thought, and the whole system is judged by what the simulator says. */
test('every honest sentence of the simulated assistant may be sent', () => {
  const business = readBusiness()
  const known = knownText(business)
  const refused: string[] = []
  for (const language of ['ru', 'en'] as const) {
    const { name: company, seller, offer, disclosure } = business.company
    const filled = (text: string) =>
      text
        .replaceAll('{name}', () => (language === 'ru' ? 'Иван' : 'Emily'))
        .replaceAll('{company}', () => company[language])
        .replaceAll('{seller}', () => seller[language])
        .replaceAll('{offer}', () => offer[language])
        .replaceAll('{disclosure}', () => disclosure[language])
        .replaceAll(/\{(?:notFree|fact|form)\}/g, '')
    for (const text of Object.values(replyTexts[language]).flat().map(filled)) {
      const problem = checkText(text, { known, name: language === 'ru' ? 'Иван' : 'Emily' })
      if (problem) refused.push(`${text} -> ${problem.rule}: ${problem.found}`)
      const own = [company[language], seller[language], offer[language], disclosure[language], 'Иван Emily']
      const { problem: unsupported } = checkCitations(text, business.knowledge, own.join('\n'))
      if (unsupported) refused.push(`${text} -> ${unsupported}`)
    }
  }
  assert.deepEqual(refused, [])
})
