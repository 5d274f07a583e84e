import type { ConsoleMeeting } from '@lead/contract/console'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { MessageSquare, UserX, Video } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { queryClient, wordsQuery } from '../api/queries.ts'
import { useMay, useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { cityOf, clock, dayKey, dayName, longDay } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { instantOf } from '../texts/zoned.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'

type Props = { meeting: ConsoleMeeting; to: Date | null; zone: string; onClose: () => void }
type Step = 'look' | 'move' | 'cancel'

/** One meeting: when it is for both sides, and what can be done with it. */
export function MeetingDialog({ meeting, to, zone, onClose }: Props) {
  const texts = useTexts()
  const [step, setStep] = useState<Step>(to ? 'move' : 'look')
  const title = {
    look: meeting.leadName,
    move: fill(texts.calendar.moveTitle, { name: meeting.leadName }),
    cancel: fill(texts.calendar.cancelTitle, { name: meeting.leadName }),
  }[step]
  return (
    <Dialog title={title} onClose={onClose}>
      {step === 'look' && <Look meeting={meeting} zone={zone} onStep={setStep} onClose={onClose} />}
      {step !== 'look' && (
        <Change key={step} meeting={meeting} to={to} zone={zone} action={step} onClose={onClose} />
      )}
    </Dialog>
  )
}

/** What a change comes to is said, and the week read anew. */
function useChange<Input>(doIt: (input: Input) => Promise<object>, done: string, onClose: () => void) {
  const texts = useTexts()
  return useMutation({
    mutationFn: doIt,
    onSuccess: () => {
      toast(done)
      onClose()
    },
    onError: (error) =>
      toast(
        fill(texts.app.problem, { detail: error instanceof ApiProblem ? error.message : texts.app.offline }),
        true,
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['week'] }),
  })
}

type LookProps = { meeting: ConsoleMeeting; zone: string; onStep: (step: Step) => void; onClose: () => void }

function Look({ meeting, zone, onStep, onClose }: LookProps) {
  const texts = useTexts()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const mayWork = useMay('work')
  const { sellers } = useMe()
  const { startsAt, endsAt, leadZone, status } = meeting
  const noShow = useChange<void>(
    () =>
      ask(api.POST('/console/meetings/{meetingId}/no-show', { params: { path: { meetingId: meeting.id } } })),
    texts.calendar.noShowDone,
    onClose,
  )
  const isOver = Date.parse(endsAt) < Date.now()
  const hasBegun = Date.parse(startsAt) < Date.now()
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="num text-lg font-semibold">
          {longDay(startsAt, { language, zone })}, {clock(startsAt, { language, zone })}–
          {clock(endsAt, { language, zone })}
        </p>
        <p className="text-soft">
          {sellers.find(({ id }) => id === meeting.sellerId)?.name[language]} · {cityOf(zone, language)}
          {leadZone && leadZone !== zone && (
            <span className="num">
              {' · '}
              {fill(texts.calendar.theirs, {
                time: `${dayName(startsAt, { language, zone: leadZone })}, ${clock(startsAt, { language, zone: leadZone })}`,
              })}
            </span>
          )}
        </p>
        <p className="mt-2 flex gap-2">
          <Chip>{meeting.noShowAt ? texts.meeting.noShow : texts.meeting[status]}</Chip>
          {meeting.holdUntil && (
            <Chip className="bg-human-tint text-human">
              {fill(texts.calendar.holdEnds, { time: clock(meeting.holdUntil, { language }) })}
            </Chip>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          icon={<MessageSquare size={14} />}
          onClick={() =>
            void navigate({
              to: '/app/inbox/$queue',
              params: { queue: 'all' },
              search: { lead: meeting.leadId },
            })
          }
        >
          {texts.calendar.openLead}
        </Button>
        {meeting.meetLink && (
          <Button
            icon={<Video size={14} />}
            onClick={() => window.open(meeting.meetLink ?? '', '_blank', 'noreferrer')}
          >
            {texts.calendar.join}
          </Button>
        )}
        {mayWork && status === 'booked' && !isOver && (
          <>
            <Button onClick={() => onStep('move')}>{texts.calendar.move}</Button>
            <Button className="text-attention" onClick={() => onStep('cancel')}>
              {texts.calendar.cancel}
            </Button>
          </>
        )}
        {mayWork && status === 'booked' && hasBegun && !meeting.noShowAt && (
          <Button icon={<UserX size={14} />} isBusy={noShow.isPending} onClick={() => noShow.mutate()}>
            {texts.calendar.noShow}
          </Button>
        )}
      </div>
    </div>
  )
}

type ChangeProps = {
  meeting: ConsoleMeeting
  to: Date | null
  zone: string
  action: 'move' | 'cancel'
  onClose: () => void
}

function Change({ meeting, to, zone, action, onClose }: ChangeProps) {
  const texts = useTexts()
  const { language } = useLanguage()
  const [tellLead, setTellLead] = useState(true)
  const start = to ?? new Date(meeting.startsAt)
  const [at, setAt] = useState(`${dayKey(start, zone)}T${clock(start, { language, zone })}`)
  const params = { path: { meetingId: meeting.id } }
  const change = useChange<string>(
    (newStart) =>
      action === 'move'
        ? ask(
            api.POST('/console/meetings/{meetingId}/move', {
              params,
              body: { startsAt: newStart, tellLead },
            }),
          )
        : ask(api.POST('/console/meetings/{meetingId}/cancel', { params, body: { tellLead } })),
    action === 'move' ? texts.calendar.moving : texts.calendar.cancelling,
    onClose,
  )
  const [day = '', time = '00:00'] = at.split('T')
  const startsAt = instantOf(day, Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)), zone)
  const isReal = !Number.isNaN(startsAt.getTime())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(startsAt.toISOString())
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {action === 'move' && (
        <Field
          label={`${texts.calendar.moveTo} (${cityOf(zone, language)})`}
          type="datetime-local"
          step={900}
          required
          value={at}
          onChange={(event) => setAt(event.target.value)}
          hint={
            isReal &&
            meeting.leadZone &&
            fill(texts.calendar.theirs, {
              time: `${dayName(startsAt, { language, zone: meeting.leadZone })}, ${clock(startsAt, { language, zone: meeting.leadZone })}`,
            })
          }
        />
      )}
      <label className="flex items-start gap-2.5">
        <input
          type="checkbox"
          className="mt-1"
          checked={tellLead}
          onChange={(event) => setTellLead(event.target.checked)}
        />
        <span>
          <span className="block font-medium">{texts.calendar.tell}</span>
          {tellLead && (
            <span className="block text-xs text-soft">
              {action === 'move' ? texts.calendar.tellHint : texts.calendar.tellCancel}
            </span>
          )}
        </span>
      </label>
      {tellLead && <Words meetingId={meeting.id} startsAt={action === 'move' ? startsAt : null} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.app.cancel}</Button>
        <Button
          look={action === 'move' ? 'primary' : 'danger'}
          type="submit"
          isBusy={change.isPending}
          disabled={!isReal}
        >
          {action === 'move' ? texts.calendar.move : texts.calendar.cancel}
        </Button>
      </div>
    </form>
  )
}

/** The very words that the lead would get. */
function Words({ meetingId, startsAt }: { meetingId: number; startsAt: Date | null }) {
  const texts = useTexts()
  const isReal = startsAt === null || !Number.isNaN(startsAt.getTime())
  const query = useQuery({
    ...(isReal ? wordsQuery(meetingId, startsAt) : wordsQuery(meetingId, null)),
    enabled: isReal,
    placeholderData: keepPreviousData,
  })
  if (query.isError) return null
  if (query.data?.text === null)
    return <p className="rounded-md bg-hover p-3 text-soft">{texts.calendar.tellNobody}</p>
  return (
    <blockquote
      lang={query.data?.language}
      className={`min-h-16 rounded-lg bg-assistant-tint px-3.5 py-2 text-base break-words whitespace-pre-line ${query.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      {query.data?.text ?? texts.app.loading}
    </blockquote>
  )
}
