import type { ConsoleMeeting } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { weekQuery } from '../api/queries.ts'
import { useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { cityOf } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { addDays, instantOf, mondayOf } from '../texts/zoned.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { headInputLook } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { Agenda } from './agenda.tsx'
import { MeetingDialog } from './meeting-dialog.tsx'
import { WeekGrid } from './week-grid.tsx'

/** A meeting that is looked at; `to`: where it was dragged. */
type Chosen = { meeting: ConsoleMeeting; to: Date | null } | null

/** The sellers' week: what is booked and held, what else Google says is taken. */
export function CalendarPage() {
  const texts = useTexts()
  const { language } = useLanguage()
  const me = useMe()
  const [weeks, setWeeks] = useState(0)
  const [sellerId, setSellerId] = useState('')
  const [chosen, setChosen] = useState<Chosen>(null)
  const seller = me.sellers.find(({ id }) => id === sellerId)
  const [zone, setZone] = useState(me.timeZone)
  const monday = mondayOf(weeks, zone)
  const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
  const query = useQuery(weekQuery(instantOf(monday, 0, zone), instantOf(addDays(monday, 7), 0, zone)))
  const shown = query.data?.sellers.filter(({ id }) => !seller || id === seller.id) ?? []
  const meetings = query.data?.meetings.filter((meeting) => !seller || meeting.sellerId === seller.id) ?? []

  const offered = query.data?.offered.filter((offer) => !seller || offer.sellerId === seller.id) ?? []
  const navigate = useNavigate()
  const openLead = (lead: number) =>
    void navigate({ to: '/app/inbox/$queue', params: { queue: 'all' }, search: { lead } })

  const chooseSeller = (id: string) => {
    setSellerId(id)
    setZone(query.data?.sellers.find((one) => one.id === id)?.timeZone ?? me.timeZone)
  }
  return (
    <Page
      title={texts.page.calendar}
      actions={
        <>
          {me.sellers.length > 1 && (
            <select
              aria-label={texts.people.seller}
              value={sellerId}
              onChange={(event) => chooseSeller(event.target.value)}
              className={`${headInputLook} max-sm:max-w-32`}
            >
              <option value="">{texts.calendar.allSellers}</option>
              {me.sellers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
            </select>
          )}
          <IconButton label={texts.calendar.previous} onClick={() => setWeeks(weeks - 1)}>
            <ChevronLeft size={16} />
          </IconButton>
          <Button disabled={weeks === 0} onClick={() => setWeeks(0)} className="max-sm:px-2">
            {texts.calendar.today}
          </Button>
          <IconButton label={texts.calendar.next} onClick={() => setWeeks(weeks + 1)}>
            <ChevronRight size={16} />
          </IconButton>
        </>
      }
    >
      {query.isPending ? (
        <Skeleton lines={12} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : (
        <div className="flex min-h-full flex-col">
          {shown
            .filter(({ connected }) => !connected)
            .map(({ id, name }) => (
              <p
                key={id}
                role="alert"
                className="flex items-center gap-2 bg-attention px-5 py-2 font-semibold text-inverse"
              >
                <TriangleAlert size={16} />
                {fill(texts.calendar.disconnected, { name: name[language] })}
              </p>
            ))}
          <p className="px-5 pt-3 pb-1 text-xs text-faint max-sm:px-4">
            {fill(texts.calendar.zone, { zone: cityOf(zone, language) })}
            {shown.some(({ busy }) => busy === null) && ` · ${texts.calendar.unknownBusy}`}
          </p>
          <div className="max-md:hidden">
            <WeekGrid
              days={days}
              zone={zone}
              sellers={shown}
              meetings={meetings}
              offered={offered}
              onOpenLead={openLead}
              onChoose={(meeting) => setChosen({ meeting, to: null })}
              onDrop={(meeting, to) => setChosen({ meeting, to })}
            />
          </div>
          <div className="md:hidden">
            <Agenda
              days={days}
              zone={zone}
              meetings={meetings}
              offered={offered}
              onOpenLead={openLead}
              onChoose={(meeting) => setChosen({ meeting, to: null })}
            />
          </div>
        </div>
      )}
      {chosen && (
        <MeetingDialog
          meeting={chosen.meeting}
          to={chosen.to}
          zone={query.data?.sellers.find(({ id }) => id === chosen.meeting.sellerId)?.timeZone ?? zone}
          onClose={() => setChosen(null)}
        />
      )}
    </Page>
  )
}
