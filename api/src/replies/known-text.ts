import type { Business } from '../settings/business.ts'

/** What the business states about itself: a number, a link or an offer found there may be repeated. */
export interface Known {
  text: string
  /** Of the firm and its people. */
  names: string[]
}

export const knownText = (business: Business, answers: string[] = []): Known => ({
  text: JSON.stringify([
    ...ownText(business),
    business.knowledge.flatMap(({ title, text }) => [title, text]),
    answers,
  ]),
  names: namesOf(business),
})

/** What the business says of itself, besides the knowledge. */
export const ownText = ({ company, bot, meeting }: Business): unknown[] => [
  company,
  bot,
  `${meeting.durationMin} минут`,
  `${meeting.durationMin} minutes`,
]

const namesOf = ({ company, sellers }: Business): string[] =>
  [company.name, company.seller, ...sellers.map(({ name }) => name)].flatMap(({ ru, en }) => [ru, en])
