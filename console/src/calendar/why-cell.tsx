import type { CalendarWeek } from '@lead/contract/console'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { whyNotOfferedQuery } from '../api/queries.ts'
import { clock, dayName } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { instantOf } from '../texts/zoned.ts'

/** A place in the week that is pointed at, tapped or reached with the arrow keys. */
export type Cell = { day: string; minute: number }

const restMs = 120

type Props = {
  cell: Cell
  zone: string
  sellers: CalendarWeek['sellers']
  top: number
  height: number
  /** Where there is more room. */
  side: 'left' | 'right'
}

/** Whether a lead would be offered a meeting then, and if not, why: of each seller who is shown. */
export function WhyCell({ cell, zone, sellers, top, height, side }: Props) {
  const texts = useTexts()
  const { language } = useLanguage()
  const at = instantOf(cell.day, cell.minute, zone)
  // Asked when the pointer rests: passing over the week asks nothing.
  const [rested, setRested] = useState<number | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRested(at.getTime()), restMs)
    return () => clearTimeout(timer)
  }, [at.getTime()])
  const own = sellers.length === 1 ? (sellers[0]?.id ?? null) : null
  const isRested = rested === at.getTime()
  const query = useQuery({
    ...whyNotOfferedQuery(at, own),
    enabled: isRested,
    placeholderData: keepPreviousData,
  })
  const answers = isRested && !query.isPlaceholderData ? query.data?.sellers : undefined
  return (
    <div
      className="pointer-events-none absolute inset-x-0 z-15 rounded-sm border border-dashed border-line-strong"
      style={{ top, height }}
    >
      <div
        role="status"
        className={`absolute top-0 z-40 w-60 rounded-md bg-raised px-3 py-2 text-xs shadow-pop ${side === 'right' ? 'left-full ml-1.5' : 'right-full mr-1.5'}`}
      >
        <p className="num font-semibold">
          {dayName(at, { language, zone })}, {clock(at, { language, zone })}
        </p>
        {answers ? (
          <ul className="mt-1 flex flex-col gap-0.5">
            {answers.map(({ id, reason }) => (
              <li key={id} className="flex gap-2">
                <span
                  aria-hidden
                  className={`mt-1 size-2 shrink-0 rounded-full ${reason === null ? 'bg-booked' : reason === 'not_known' ? 'border border-booked' : 'bg-line-strong'}`}
                />
                <span className="min-w-0">
                  {answers.length > 1 && (
                    <span className="text-faint">
                      {sellers.find((seller) => seller.id === id)?.name[language] ?? id}:{' '}
                    </span>
                  )}
                  {reason === null ? texts.calendar.why.free : texts.calendar.why[reason]}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="animate-breathe text-faint">{texts.app.loading}</p>
        )}
      </div>
    </div>
  )
}
