import type { CalendarWeek, ConsoleMeeting } from '@lead/contract/console'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react'
import { useMay } from '../session/use-me.ts'
import { shownName } from '../texts/shown-name.ts'
import { fill, type Language, type Texts } from '../texts/texts.ts'
import { clock, dayKey, dayName, duration, offsetMin } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { instantOf, minuteOfDay, weekdayOf } from '../texts/zoned.ts'
import { useClock } from '../ui/use-clock.ts'
import { meetingLook } from './meeting-look.ts'
import { type Cell, WhyCell } from './why-cell.tsx'

const hourPx = 52
const snapMin = 15

type Seller = CalendarWeek['sellers'][number]
type Props = {
  days: string[]
  zone: string
  sellers: Seller[]
  meetings: ConsoleMeeting[]
  offered: CalendarWeek['offered']
  onChoose: (meeting: ConsoleMeeting) => void
  onOpenLead: (leadId: number) => void
  onDrop: (meeting: ConsoleMeeting, to: Date) => void
}

const steps: Record<string, { days: number; minutes: number } | undefined> = {
  ArrowLeft: { days: -1, minutes: 0 },
  ArrowRight: { days: 1, minutes: 0 },
  ArrowUp: { days: 0, minutes: -snapMin },
  ArrowDown: { days: 0, minutes: snapMin },
}

const toMinutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/** What a seller's hours are in the zone that is shown. */
function hoursOn(seller: Seller, day: string, zone: string): { from: number; to: number }[] {
  const shift =
    offsetMin(instantOf(day, 720, zone), zone) - offsetMin(instantOf(day, 720, zone), seller.timeZone)
  return seller.hours
    .filter((hours) => hours.day === weekdayOf(day))
    .map(({ from, to }) => ({ from: toMinutes(from) + shift, to: toMinutes(to) + shift }))
}

/** The hours that have anything in them, and the working day in any case. */
function spanOf(meetings: ConsoleMeeting[], zone: string): { first: number; last: number } {
  const starts = meetings.map(({ startsAt }) => Math.floor(minuteOfDay(startsAt, zone) / 60))
  const ends = meetings.map(({ startsAt, endsAt }) =>
    Math.ceil((minuteOfDay(startsAt, zone) + (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000) / 60),
  )
  return { first: Math.max(0, Math.min(8, ...starts)), last: Math.min(24, Math.max(20, ...ends)) }
}

export function WeekGrid({ days, zone, sellers, meetings, offered, onChoose, onOpenLead, onDrop }: Props) {
  const { language } = useLanguage()
  const now = new Date(useClock(60_000))
  const { first, last } = spanOf(meetings, zone)
  const top = (minutes: number) => ((minutes - first * 60) / 60) * hourPx
  const today = dayKey(now, zone)
  const columns = useRef<HTMLDivElement>(null)
  const texts = useTexts()
  const [cell, setCell] = useState<Cell | null>(null)
  const cellAt = (day: string, { currentTarget, clientY }: MouseEvent): Cell => {
    const minute = first * 60 + ((clientY - currentTarget.getBoundingClientRect().top) / hourPx) * 60
    return { day, minute: Math.max(0, Math.floor(minute / snapMin) * snapMin) }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Escape') return setCell(null)
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const from = cell ?? { day: days.includes(today) ? today : (days[0] ?? today), minute: 12 * 60 }
    const column = Math.min(6, Math.max(0, days.indexOf(from.day) + step.days))
    const minute = Math.min(last * 60 - snapMin, Math.max(first * 60, from.minute + step.minutes))
    setCell({ day: days[column] ?? from.day, minute })
  }
  return (
    <div className="flex min-w-full px-5 pb-6">
      <div className="w-12 shrink-0 pt-9">
        {Array.from({ length: last - first }, (_, index) => (
          <div key={index} style={{ height: hourPx }} className="num pr-3 text-right text-2xs text-faint">
            <span className="relative -top-2">{String(first + index).padStart(2, '0')}:00</span>
          </div>
        ))}
      </div>
      <div
        ref={columns}
        role="group"
        aria-label={texts.calendar.why.hint}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setCell(null)}
        className="grid grow grid-cols-7"
      >
        {days.map((day, column) => (
          <div key={day} className="min-w-0">
            <h2
              className={`flex h-9 items-center justify-center text-xs ${day === today ? 'font-semibold text-ink' : 'text-faint'}`}
            >
              <span className={day === today ? 'rounded-full bg-ink px-2.5 text-inverse' : ''}>
                {dayName(instantOf(day, 720, zone), { language, zone })}
              </span>
            </h2>
            <div className="relative border-l bg-panel" style={{ height: (last - first) * hourPx }}>
              {sellers.flatMap((seller) =>
                hoursOn(seller, day, zone).map((hours) => (
                  <Block
                    key={`${seller.id}-${hours.from}`}
                    top={top(Math.max(hours.from, first * 60))}
                    height={top(Math.min(hours.to, last * 60)) - top(Math.max(hours.from, first * 60))}
                    className="bg-paper"
                  />
                )),
              )}
              {Array.from({ length: last - first }, (_, index) => (
                <Block key={index} top={index * hourPx} height={0} className="border-t" />
              ))}
              <BusyBlocks day={day} zone={zone} sellers={sellers} top={top} most={(last - first) * hourPx} />
              <div
                aria-hidden
                className="absolute inset-0"
                onPointerMove={(event) =>
                  event.pointerType === 'mouse' && event.buttons === 0 && setCell(cellAt(day, event))
                }
                onPointerLeave={(event) => event.pointerType === 'mouse' && setCell(null)}
                onClick={(event) => setCell(cellAt(day, event))}
              />
              {cell?.day === day && (
                <WhyCell
                  cell={cell}
                  zone={zone}
                  sellers={sellers}
                  top={top(cell.minute)}
                  height={(snapMin / 60) * hourPx}
                  side={column < 4 ? 'right' : 'left'}
                />
              )}
              {day === today && (
                <Block
                  top={top(minuteOfDay(now, zone))}
                  height={0}
                  className="z-10 border-t-2 border-attention"
                />
              )}
              {offersOn(offered, day, zone).map((offer) => (
                <OfferedTime
                  key={`${offer.sellerId}-${offer.startsAt}`}
                  offer={offer}
                  zone={zone}
                  top={top(minuteOfDay(offer.startsAt, zone))}
                  onOpenLead={onOpenLead}
                />
              ))}
              {meetings
                .filter((meeting) => dayKey(meeting.startsAt, zone) === day)
                .map((meeting) => (
                  <Meeting
                    key={meeting.id}
                    meeting={meeting}
                    zone={zone}
                    days={days}
                    top={top(minuteOfDay(meeting.startsAt, zone))}
                    neighbours={meetings.filter((other) => overlaps(other, meeting))}
                    columnWidth={() => (columns.current?.clientWidth ?? 700) / 7}
                    onChoose={() => onChoose(meeting)}
                    onDrop={(to) => onDrop(meeting, to)}
                  />
                ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

type Offer = CalendarWeek['offered'][number] & { names: string[] }

/** One time may stand in the offers of several leads. */
function offersOn(offered: CalendarWeek['offered'], day: string, zone: string): Offer[] {
  const found = new Map<string, Offer>()
  for (const offer of offered) {
    if (dayKey(offer.startsAt, zone) !== day) continue
    const key = `${offer.sellerId}-${offer.startsAt}`
    const known = found.get(key)
    if (known) known.names.push(offer.leadName)
    else found.set(key, { ...offer, names: [offer.leadName] })
  }
  return [...found.values()]
}

/** Nobody has it yet: it lies under whatever is booked there, and leads to who was offered it first. */
function OfferedTime({
  offer,
  zone,
  top,
  onOpenLead,
}: {
  offer: Offer
  zone: string
  top: number
  onOpenLead: (leadId: number) => void
}) {
  const texts = useTexts()
  const { language } = useLanguage()
  const minutes = (Date.parse(offer.endsAt) - Date.parse(offer.startsAt)) / 60_000
  const names = offer.names.join(', ')
  return (
    <button
      type="button"
      onClick={() => onOpenLead(offer.leadId)}
      title={fill(texts.calendar.offeredTo, { names })}
      className="absolute inset-x-0.5 z-16 truncate rounded-sm border border-dashed border-assistant px-1.5 text-left text-2xs leading-4 text-assistant hover:bg-assistant-tint"
      style={{ top, height: Math.max(22, (minutes / 60) * hourPx - 2) }}
    >
      <span className="num">{clock(offer.startsAt, { language, zone })}</span>{' '}
      <span className="sr-only">{texts.calendar.offered} </span>
      {names}
    </button>
  )
}

const overlaps = (a: ConsoleMeeting, b: ConsoleMeeting) =>
  Date.parse(a.startsAt) < Date.parse(b.endsAt) && Date.parse(b.startsAt) < Date.parse(a.endsAt)

const Block = ({ top, height, className }: { top: number; height: number; className: string }) => (
  <div aria-hidden className={`absolute inset-x-0 ${className}`} style={{ top, height }} />
)

type BusyProps = {
  day: string
  zone: string
  sellers: Seller[]
  top: (minutes: number) => number
  most: number
}

function BusyBlocks({ day, zone, sellers, top, most }: BusyProps) {
  const texts = useTexts()
  return sellers.flatMap((seller) =>
    (seller.busy ?? [])
      .filter(({ from }) => dayKey(from, zone) === day)
      .map(({ from, to }) => {
        const start = Math.max(0, top(minuteOfDay(from, zone)))
        const minutes = (Date.parse(to) - Date.parse(from)) / 60_000
        const height = Math.min(most - start, (minutes / 60) * hourPx)
        return height <= 0 ? null : (
          <div
            key={`${seller.id}-${from}`}
            title={texts.calendar.busy}
            className="absolute inset-x-0.5 rounded-sm bg-hover"
            style={{ top: start, height }}
          />
        )
      }),
  )
}

/** A hold counts down: whoever looks sees how long the time is kept for the lead. */
function stateOf(meeting: ConsoleMeeting, texts: Texts, language: Language, now: number): string {
  if (!meeting.holdUntil) return texts.meeting[meeting.status]
  const left = Math.max(0, Math.round((Date.parse(meeting.holdUntil) - now) / 1000))
  return fill(texts.calendar.holdLeft, { time: duration(left, texts, language) })
}

/** The name in full, and the lead's own time where it differs. */
function theirTime(
  { leadName, leadZone, startsAt }: ConsoleMeeting,
  zone: string,
  texts: Texts,
  language: Language,
): string {
  if (!leadZone || offsetMin(startsAt, leadZone) === offsetMin(startsAt, zone)) return leadName
  const time = clock(startsAt, { language, zone: leadZone })
  return `${leadName} · ${fill(texts.calendar.theirs, { time })}`
}

type MeetingProps = {
  meeting: ConsoleMeeting
  zone: string
  days: string[]
  top: number
  neighbours: ConsoleMeeting[]
  columnWidth: () => number
  onChoose: () => void
  onDrop: (to: Date) => void
}

/** Dragged to another time it only asks: what the lead will be told stands in the question. */
function Meeting({ meeting, zone, days, top, neighbours, columnWidth, onChoose, onDrop }: MeetingProps) {
  const texts = useTexts()
  const { language } = useLanguage()
  const mayWork = useMay('work')
  const now = useClock(meeting.holdUntil ? 1000 : 60_000)
  const [drag, setDrag] = useState<{ x: number; y: number; dx: number; dy: number } | null>(null)
  const minutes = (Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000
  const height = Math.max(22, (minutes / 60) * hourPx - 2)
  const isMovable = mayWork && meeting.status === 'booked' && Date.parse(meeting.endsAt) > Date.now()
  const place = neighbours.toSorted((a, b) => a.id - b.id).findIndex(({ id }) => id === meeting.id)
  const share = 100 / Math.max(1, neighbours.length)

  const target = (dx: number, dy: number): Date => {
    const column = days.indexOf(dayKey(meeting.startsAt, zone)) + Math.round(dx / columnWidth())
    const day = days[Math.max(0, Math.min(6, column))] ?? dayKey(meeting.startsAt, zone)
    const moved = minuteOfDay(meeting.startsAt, zone) + (dy / hourPx) * 60
    return instantOf(day, Math.max(0, Math.round(moved / snapMin) * snapMin), zone)
  }
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (!isMovable || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ x: event.clientX, y: event.clientY, dx: 0, dy: 0 })
  }
  const onPointerMove = (event: PointerEvent) => {
    if (drag) setDrag({ ...drag, dx: event.clientX - drag.x, dy: event.clientY - drag.y })
  }
  const isDragged = drag !== null && Math.hypot(drag.dx, drag.dy) > 6
  const onPointerUp = () => {
    if (drag && isDragged) {
      const to = target(drag.dx, drag.dy)
      if (to.getTime() !== Date.parse(meeting.startsAt)) onDrop(to)
    } else if (drag) onChoose()
    setDrag(null)
  }
  const shownAt = drag && isDragged ? target(drag.dx, drag.dy) : meeting.startsAt
  return (
    <button
      type="button"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
      onClick={(event) => (!isMovable || event.detail === 0) && onChoose()}
      title={theirTime(meeting, zone, texts, language)}
      className={`absolute z-20 touch-none overflow-hidden rounded-sm border-l-3 px-1.5 py-0.5 text-left text-2xs leading-4 ${meetingLook(meeting)} ${isDragged ? 'z-30 opacity-90 shadow-pop' : ''} ${isMovable ? 'cursor-grab active:cursor-grabbing' : ''}`}
      style={{
        top,
        height,
        left: `calc(${place * share}% + 2px)`,
        width: `calc(${share}% - 4px)`,
        transform: drag ? `translate(${drag.dx}px, ${drag.dy}px)` : undefined,
      }}
    >
      <span className={height < 36 ? 'block truncate' : ''}>
        <span className="num font-semibold">{clock(shownAt, { language, zone })}</span>{' '}
        <span className="text-ink">{shownName({ id: meeting.leadId, name: meeting.leadName })}</span>
        {meeting.status !== 'booked' && (
          <span className={height < 36 ? '' : 'block'}> {stateOf(meeting, texts, language, now)}</span>
        )}
      </span>
    </button>
  )
}
