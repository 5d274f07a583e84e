import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import { formatSlot, Temporal, zoneLabel } from '@lead/scheduling'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'

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
  sales: {
    reply: ownTimeText(clocks),
    action: 'talk',
    offerId: null,
    note: texts[clocks.language].card.saidByCode.ownTime,
  },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})

export function ownTimeText(clocks: Clocks): string {
  const { now, language, leadZone, sellerZone, offered, meetingAt } = clocks
  const say = texts[language].lead.ownTime
  const label = (zone: string) => zoneLabel(now.toISOString(), zone, language)
  if (!clocks.isSure) return say.unknown(label(sellerZone))
  const both = (at: string) => formatSlot(at, leadZone, language, { withZone: true, alsoIn: sellerZone })
  if (clocks.minutes !== null) {
    const at = atMinutes(now, sellerZone, clocks.minutes)
    return say.one({
      ours: `${clock(at, sellerZone)} ${label(sellerZone)}`,
      theirs: `${clock(at, leadZone)} ${label(leadZone)}`,
    })
  }
  if (offered.length > 0) return say.times(offered.map((at, index) => `${index + 1}) ${both(at)}`).join('\n'))
  if (meetingAt) return say.meeting(both(meetingAt.toISOString()))
  const instant = now.toISOString()
  return say.now({
    ours: `${clock(instant, sellerZone)} ${label(sellerZone)}`,
    theirs: `${clock(instant, leadZone)} ${label(leadZone)}`,
  })
}

const clock = (at: string, zone: string) => formatSlot(at, zone, 'en').slice(-5)

/** Today in that zone at so many minutes of the day. */
const atMinutes = (now: Date, zone: string, minutes: number) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .withPlainTime(new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60))
    .toInstant()
    .toString()
