import type { DeadLetter } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, RotateCw } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { deadLettersQuery, queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'

/** What was not delivered or not understood, each with its reason: tried again, or given up, by a human. */
export function DeadLetters() {
  const texts = useTexts()
  const dead = useQuery(deadLettersQuery)
  const letters = dead.data?.letters ?? []
  return (
    <Panel
      title={texts.health.dead}
      action={
        letters.length > 0 && <Chip className="bg-attention-tint text-attention">{letters.length}</Chip>
      }
    >
      {dead.isPending ? (
        <Skeleton lines={3} />
      ) : dead.isError ? (
        <Failed onAgain={() => void dead.refetch()} />
      ) : letters.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-5 text-soft">
          <CircleCheck size={16} className="text-booked" />
          {texts.health.deadEmpty}
        </p>
      ) : (
        <ul className="divide-y">
          {letters.map((letter) => (
            <Letter key={`${letter.door}-${letter.id}`} letter={letter} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

const channels: Record<string, string> = {
  telegram: 'Telegram',
  telegram_bot: 'Telegram',
  amocrm: 'amoCRM',
  'amocrm-chats': 'amoCRM',
}

function Letter({ letter }: { letter: DeadLetter }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const act = useMutation({
    mutationFn: (action: 'retry' | 'drop') =>
      ask(
        api.POST('/console/dead-letters/{door}/{id}/{action}', {
          params: { path: { door: letter.door, id: letter.id, action } },
        }),
      ),
    onSuccess: (_answer, action) => toast(action === 'retry' ? texts.health.retried : texts.health.dropped),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: deadLettersQuery.queryKey }),
  })
  const channel = channels[letter.channel] ?? letter.channel
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 grow basis-80">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">
            {fill(letter.door === 'inbox' ? texts.health.deadIn : texts.health.deadOut, { channel })}
          </span>
          {letter.leadId !== null && (
            <Link
              to="/app/inbox/$queue"
              params={{ queue: 'all' }}
              search={{ lead: letter.leadId }}
              className="underline"
            >
              {letter.leadName}
            </Link>
          )}
          <span className="num text-xs text-faint">
            {letter.kind} #{letter.id} · {moment(letter.at, { language })} ·{' '}
            {fill(texts.why.attempts, { n: letter.attempts })}
          </span>
        </p>
        <p className="text-attention break-words">{letter.reason}</p>
        {letter.text && <p className="line-clamp-2 text-soft break-words">{letter.text}</p>}
      </div>
      <div className="flex gap-2">
        <Button icon={<RotateCw size={13} />} isBusy={act.isPending} onClick={() => act.mutate('retry')}>
          {texts.health.retry}
        </Button>
        <Button look="quiet" isBusy={act.isPending} onClick={() => act.mutate('drop')}>
          {texts.health.drop}
        </Button>
      </div>
    </li>
  )
}
