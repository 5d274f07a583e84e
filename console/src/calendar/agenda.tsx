import type { CalendarWeek, ConsoleMeeting } from '@lead/contract/console'
import { CalendarX } from 'lucide-react'
import { clock, dayKey, longDay } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { instantOf } from '../texts/zoned.ts'
import { Empty } from '../ui/states.tsx'
import { meetingLook } from './meeting-look.ts'

type Props = {
  days: string[]
  zone: string
  meetings: ConsoleMeeting[]
  offered: CalendarWeek['offered']
  onOpenLead: (leadId: number) => void
  onChoose: (meeting: ConsoleMeeting) => void
}

/** The week on a phone: day by day. */
export function Agenda({ days, zone, meetings, offered, onOpenLead, onChoose }: Props) {
  const texts = useTexts()
  const { language } = useLanguage()
  if (meetings.length === 0 && offered.length === 0)
    return <Empty icon={<CalendarX size={28} strokeWidth={1.5} />}>{texts.calendar.none}</Empty>
  return (
    <div className="flex flex-col gap-4 p-4">
      {days.map((day) => {
        const own = meetings.filter((meeting) => dayKey(meeting.startsAt, zone) === day)
        const open = offered.filter(({ startsAt }) => dayKey(startsAt, zone) === day)
        if (own.length === 0 && open.length === 0) return null
        return (
          <section key={day}>
            <h2 className="mb-2 text-xs font-medium text-faint">
              {longDay(instantOf(day, 720, zone), { language, zone })}
            </h2>
            <ul className="flex flex-col gap-2">
              {own.map((meeting) => (
                <li key={meeting.id}>
                  <button
                    type="button"
                    onClick={() => onChoose(meeting)}
                    className={`flex w-full items-baseline gap-3 rounded-md border-l-3 px-3 py-2.5 text-left ${meetingLook(meeting)}`}
                  >
                    <span className="num font-semibold">{clock(meeting.startsAt, { language, zone })}</span>
                    <span className="grow truncate text-base text-ink">{meeting.leadName}</span>
                    <span className="text-xs">
                      {meeting.noShowAt ? texts.meeting.noShow : texts.meeting[meeting.status]}
                    </span>
                  </button>
                </li>
              ))}
              {open.map((offer) => (
                <li key={`${offer.leadId}-${offer.startsAt}-${offer.sellerId}`}>
                  <button
                    type="button"
                    onClick={() => onOpenLead(offer.leadId)}
                    className="flex w-full items-baseline gap-3 rounded-md border border-dashed border-assistant px-3 py-2.5 text-left text-assistant"
                  >
                    <span className="num">{clock(offer.startsAt, { language, zone })}</span>
                    <span className="grow truncate text-base">{offer.leadName}</span>
                    <span className="text-xs">{texts.calendar.offered}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
