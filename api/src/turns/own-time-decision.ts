import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import { formatSlot, Temporal, zoneLabel } from '@lead/scheduling'
import type { Language } from '../leads/lead.ts'

const texts = {
  ru: {
    one: '{ours} у нас — это {theirs} у вас.',
    times: 'У вас это:\n{list}\nКакое подойдёт?',
    meeting: 'Наша встреча по вашему времени: {when}.',
    now: 'Сейчас у нас {ours}, у вас {theirs}.',
    unknown: 'Все времена я называю по {zone}. В каком вы городе? Пересчитаю на ваше время.',
    note: 'Клиент спросил о часовом поясе; ответил код.',
  },
  en: {
    one: '{ours} here is {theirs} for you.',
    times: 'On your clock that is:\n{list}\nWhich one suits you?',
    meeting: 'Our meeting on your clock: {when}.',
    now: 'It is {ours} here and {theirs} for you now.',
    unknown: 'All my times are {zone}. Which city are you in? I will put them on your clock.',
    note: 'The lead asked about the time zone; answered by code.',
  },
}

export type Clocks = {
  now: Date
  language: Language
  /** Zone of the lead, and whether it is known well enough to compute with. */
  leadZone: string
  isSure: boolean
  sellerZone: string
  /** Starts that are on the table. */
  offered: string[]
  meetingAt: Date | null
  /** An hour of ours that the lead named, in minutes of the day. */
  minutes: number | null
}

/** "What is that in my time?" answered by arithmetic, not by a model. */
export const ownTimeDecision = (proposal: Proposal, clocks: Clocks): Decision => ({
  ...proposal,
  sales: { reply: ownTimeText(clocks), action: 'talk', offerId: null, note: texts[clocks.language].note },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})

export function ownTimeText(clocks: Clocks): string {
  const { now, language, leadZone, sellerZone, offered, meetingAt } = clocks
  const text = texts[language]
  const label = (zone: string) => zoneLabel(now.toISOString(), zone, language)
  if (!clocks.isSure) {
    const zone =
      sellerZone === 'Europe/Moscow' && language === 'ru' ? 'московскому времени' : label(sellerZone)
    return text.unknown.replace('{zone}', () => zone.replace(/^по /u, ''))
  }
  const both = (at: string) => formatSlot(at, leadZone, language, { withZone: true, alsoIn: sellerZone })
  if (clocks.minutes !== null) {
    const at = atMinutes(now, sellerZone, clocks.minutes)
    return text.one
      .replace('{ours}', () => `${clock(at, sellerZone)} ${label(sellerZone)}`)
      .replace('{theirs}', () => `${clock(at, leadZone)} ${label(leadZone)}`)
  }
  if (offered.length > 0)
    return text.times.replace('{list}', () =>
      offered.map((at, index) => `${index + 1}) ${both(at)}`).join('\n'),
    )
  if (meetingAt) return text.meeting.replace('{when}', () => both(meetingAt.toISOString()))
  const instant = now.toISOString()
  return text.now
    .replace('{ours}', () => `${clock(instant, sellerZone)} ${label(sellerZone)}`)
    .replace('{theirs}', () => `${clock(instant, leadZone)} ${label(leadZone)}`)
}

const clock = (at: string, zone: string) => formatSlot(at, zone, 'en').slice(-5)

/** Today in that zone at so many minutes of the day. */
const atMinutes = (now: Date, zone: string, minutes: number) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .withPlainTime(new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60))
    .toInstant()
    .toString()
