import type { Business } from '../business.ts'

/** Everything that the business states about itself: a number, a link or a promise found there may be repeated. */
export const knownText = ({ company, knowledge, meeting }: Business) =>
  JSON.stringify([company, knowledge, meeting.durationMin])
