import type { Business } from '../settings/business.ts'

/** What the business states about itself: a number, a link or an offer found there may be repeated. */
export interface Known {
  text: string
  /** Of the firm and its people. */
  names: string[]
}

export const knownText = ({ bot, company, knowledge, meeting, sellers }: Business): Known => ({
  text: JSON.stringify([
    company,
    knowledge,
    bot,
    `${meeting.durationMin} минут`,
    `${meeting.durationMin} minutes`,
  ]),
  names: [company.name, company.seller, ...sellers.map(({ name }) => name)].flatMap(({ ru, en }) => [ru, en]),
})
