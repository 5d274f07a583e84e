import type { Proposal } from '@lead/contract'
import { type Hidden, placeholder } from './hide-persons.ts'

/** The proposal of models that read placeholders, with the person's own words in their place. */
export function showPersons(proposal: Proposal, hidden: Hidden): Proposal {
  const show = (text: string) => text.replaceAll(placeholder, (sign) => hidden[sign.toLowerCase()] ?? sign)
  const { classification, sales } = proposal
  return {
    ...proposal,
    sales: { ...sales, reply: show(sales.reply), note: show(sales.note) },
    classification: classification && {
      ...classification,
      timeQuotes: classification.timeQuotes.map(show),
      zoneQuote: classification.zoneQuote && show(classification.zoneQuote),
      facts: mapFacts(classification.facts, show),
    },
  }
}

export const mapFacts = <Facts extends object>(facts: Facts, show: (text: string) => string) => ({
  ...facts,
  ...Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact && show(fact)])),
})

/** Why the reply cannot be sent: a placeholder that stands for nothing; null when there is none. */
export function checkPlaceholders(reply: string, hidden: Hidden): string | null {
  const [unknown] = reply.match(placeholder) ?? []
  if (!unknown || Object.values(hidden).some((words) => words.includes(unknown))) return null
  return `the reply has a placeholder that stands for nothing: ${unknown}`
}

/** A text for the models, with the words of the person behind their placeholders again. */
export const hideAgain = (text: string, hidden: Hidden): string =>
  Object.entries(hidden)
    .toSorted(([, one], [, other]) => other.length - one.length)
    .reduce((left, [sign, words]) => left.replaceAll(words, () => sign), text)
