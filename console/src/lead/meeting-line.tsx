import type { ConsoleMeeting } from '@lead/contract/console'
import { useMutation } from '@tanstack/react-query'
import { UserX, Video } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { queryClient } from '../api/queries.ts'
import { useMay, useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { clock, dayName, offsetMin, ownZone } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { toast } from '../ui/toasts.tsx'
import { useClock } from '../ui/use-clock.ts'

const tones = {
  booked: 'bg-booked-tint text-booked',
  booking: 'bg-human-tint text-human',
  held: 'bg-human-tint text-human',
  cancelled: 'bg-waiting-tint text-soft',
  released: 'bg-waiting-tint text-soft',
  expired: 'bg-waiting-tint text-soft',
}

export function MeetingLine({ meeting }: { meeting: ConsoleMeeting }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const { sellers } = useMe()
  const { startsAt, endsAt, leadZone } = meeting
  const seller = sellers.find(({ id }) => id === meeting.sellerId)
  const isOff =
    meeting.status === 'cancelled' || meeting.status === 'released' || meeting.status === 'expired'
  const differs = leadZone && offsetMin(startsAt, leadZone) !== offsetMin(startsAt, ownZone)
  return (
    <li className="flex items-start justify-between gap-2">
      <div className="min-w-0">
        <p className={`num font-medium ${isOff ? 'text-faint line-through' : ''}`}>
          {dayName(startsAt, { language })}, {clock(startsAt, { language })}–{clock(endsAt, { language })}
        </p>
        <p className="text-xs text-faint">
          {seller?.name[language] ?? meeting.sellerId}
          {differs &&
            ` · ${fill(texts.thread.theirTime, { time: clock(startsAt, { language, zone: leadZone }) })}`}
        </p>
        {meeting.meetLink && !isOff && (
          <a
            href={meeting.meetLink}
            target="_blank"
            rel="noreferrer"
            className="mt-0.5 inline-flex items-center gap-1 text-xs text-soft underline"
          >
            <Video size={12} />
            {texts.calendar.join}
          </a>
        )}
        <NoShow meeting={meeting} />
      </div>
      <Chip className={meeting.noShowAt ? 'bg-attention-tint text-attention' : tones[meeting.status]}>
        {meeting.noShowAt ? texts.meeting.noShow : texts.meeting[meeting.status]}
      </Chip>
    </li>
  )
}

/** One click, once the meeting has begun: the assistant writes to who did not come. */
function NoShow({ meeting: { id, leadId, status, startsAt, noShowAt } }: { meeting: ConsoleMeeting }) {
  const texts = useTexts()
  const mayWork = useMay('work')
  const now = useClock()
  const mark = useMutation({
    mutationFn: () =>
      ask(api.POST('/console/meetings/{meetingId}/no-show', { params: { path: { meetingId: id } } })),
    onSuccess: () => toast(texts.calendar.noShowDone),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['lead', leadId] }),
  })
  if (!mayWork || status !== 'booked' || noShowAt || Date.parse(startsAt) > now) return null
  return (
    <Button
      look="quiet"
      className="-ml-2 h-7 px-2 text-xs"
      icon={<UserX size={13} />}
      isBusy={mark.isPending}
      onClick={() => mark.mutate()}
    >
      {texts.calendar.noShow}
    </Button>
  )
}
