import type { AlertsPage as Listed } from '@lead/contract/console'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BellOff, Check, CircleAlert, CircleCheck } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { alertsQuery, queryClient } from '../api/queries.ts'
import { useMay } from '../session/use-me.ts'
import { fill, type Texts } from '../texts/texts.ts'
import { ago, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'
import { useClock } from '../ui/use-clock.ts'
import { Channels } from './channels.tsx'

type Alert = Listed['alerts'][number]

/** What people were told of: what stands on top, what is over below, and whether it reaches anybody outside of this page. */
export function AlertsPage() {
  const texts = useTexts()
  const mayWork = useMay('work')
  const query = useInfiniteQuery(alertsQuery)
  const all = query.data?.pages.flatMap((page) => page.alerts) ?? []
  const open = all.filter(({ resolvedAt }) => resolvedAt === null)
  const over = all.filter(({ resolvedAt }) => resolvedAt !== null)
  return (
    <Page title={texts.page.alerts}>
      {query.isPending ? (
        <Skeleton lines={8} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : (
        <div className="mx-auto flex max-w-5xl flex-col gap-4 p-5 max-sm:p-3">
          <Panel
            title={texts.alerts.open}
            action={
              open.length > 0 && <Chip className="bg-attention-tint text-attention">{open.length}</Chip>
            }
          >
            {open.length === 0 ? (
              <p className="flex items-center gap-2 px-4 py-5 text-soft">
                <CircleCheck size={16} className="shrink-0 text-booked" />
                {texts.alerts.openEmpty}
              </p>
            ) : (
              <ul className="divide-y">
                {open.map((alert) => (
                  <OpenAlert key={alert.id} alert={alert} />
                ))}
              </ul>
            )}
          </Panel>
          {mayWork && <Channels />}
          <Panel title={texts.alerts.over}>
            {over.length === 0 ? (
              <Empty icon={<BellOff size={20} />}>{texts.alerts.overEmpty}</Empty>
            ) : (
              <ul className="divide-y">
                {over.map((alert) => (
                  <PastAlert key={alert.id} alert={alert} />
                ))}
              </ul>
            )}
            {query.hasNextPage && (
              <div className="flex justify-center border-t p-2">
                <Button
                  look="quiet"
                  isBusy={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {texts.alerts.older}
                </Button>
              </div>
            )}
          </Panel>
        </div>
      )}
    </Page>
  )
}

const programs: Record<string, string> = {
  telegram: 'Telegram',
  telegram_bot: 'Telegram',
  amocrm: 'amoCRM',
  'amocrm-chats': 'amoCRM',
}

function titleOf({ kind, subject, count }: Alert, texts: Texts): string {
  const names: Record<string, string> = { ...programs, ...texts.health.name }
  const [first = '', ...rest] = subject.replace(/^from /, '').split(' ')
  const program = [names[first] ?? first, ...rest].join(' ')
  if (kind !== 'dead_letter')
    return fill(texts.alerts.title[kind], { subject: kind === 'hand_off' ? subject : program })
  const says = subject.startsWith('from ') ? texts.alerts.title.dead_in : texts.alerts.title.dead_out
  return fill(says, { subject: program, n: count })
}

function OpenAlert({ alert }: { alert: Alert }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const mayWork = useMay('work')
  const now = useClock()
  const acknowledge = useMutation({
    mutationFn: () =>
      ask(api.POST('/console/alerts/{alertId}/acknowledge', { params: { path: { alertId: alert.id } } })),
    onSuccess: () => toast(texts.alerts.acknowledged),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: alertsQuery.queryKey }),
  })
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <CircleAlert
        size={16}
        className={`mt-0.5 shrink-0 ${alert.acknowledgedAt ? 'text-faint' : 'text-attention'}`}
      />
      <div className="min-w-0 grow basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={alert.acknowledgedAt ? 'font-medium' : 'font-semibold'}>
            {titleOf(alert, texts)}
          </span>
          <span className="num text-xs text-faint">{ago(alert.raisedAt, texts, now)}</span>
        </p>
        {alert.detail && <p className="line-clamp-3 text-soft break-words">{alert.detail}</p>}
        <Told alert={alert} />
        {alert.acknowledgedAt && (
          <p className="text-xs text-faint">
            {fill(texts.alerts.seenBy, {
              name: alert.acknowledgedBy ?? '',
              when: moment(alert.acknowledgedAt, { language }),
            })}
          </p>
        )}
      </div>
      <div className="flex gap-2">
        <WhereTo alert={alert} />
        {mayWork && !alert.acknowledgedAt && (
          <Button
            look="quiet"
            icon={<Check size={14} />}
            isBusy={acknowledge.isPending}
            onClick={() => acknowledge.mutate()}
          >
            {texts.alerts.acknowledge}
          </Button>
        )}
      </div>
    </li>
  )
}

const step =
  'inline-flex h-8 shrink-0 items-center rounded-sm border border-line-strong bg-raised px-3 font-medium whitespace-nowrap hover:bg-hover max-sm:h-10'

/** Where what is wrong is put right. */
function WhereTo({ alert }: { alert: Alert }) {
  const texts = useTexts()
  const mayOversee = useMay('oversee')
  if (alert.leadId !== null)
    return (
      <Link
        to="/app/inbox/$queue"
        params={{ queue: 'attention' }}
        search={{ lead: alert.leadId }}
        className={step}
      >
        {texts.alerts.toLead}
      </Link>
    )
  return mayOversee ? (
    <Link to="/app/health" className={step}>
      {texts.alerts.toHealth}
    </Link>
  ) : null
}

function Told({ alert }: { alert: Alert }) {
  const texts = useTexts()
  if (alert.told.length === 0) return null
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-faint">
      {alert.told.map(({ channel, state }) => (
        <span key={channel} className={state === 'dead' ? 'text-attention' : ''}>
          {texts.alerts.channel[channel]}: {texts.alerts.state[state]}
        </span>
      ))}
    </p>
  )
}

function PastAlert({ alert }: { alert: Alert }) {
  const texts = useTexts()
  const { language } = useLanguage()
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <CircleCheck size={14} className="mt-1 shrink-0 text-booked" />
      <div className="min-w-0 grow">
        <p className="truncate">{titleOf(alert, texts)}</p>
        <p className="num text-xs text-faint">
          {moment(alert.raisedAt, { language })} – {moment(alert.resolvedAt ?? alert.raisedAt, { language })}
          {alert.acknowledgedBy && ` · ${alert.acknowledgedBy}`}
        </p>
      </div>
    </li>
  )
}
