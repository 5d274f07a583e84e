import type { Health } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { OctagonX, Play } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { healthQuery, queryClient } from '../api/queries.ts'
import { useMay, useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { ago, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { HaltDialog } from './halt-dialog.tsx'

/** How everything stands that the assistant needs, what failed for good, and the switch that stops it all. */
export function HealthPage() {
  const texts = useTexts()
  const mayLead = useMay('lead')
  const health = useQuery(healthQuery)
  const [isHalting, setHalting] = useState(false)
  return (
    <Page
      title={texts.page.health}
      actions={
        mayLead &&
        health.data &&
        !health.data.halted.isOn && (
          <Button icon={<OctagonX size={15} />} className="text-attention" onClick={() => setHalting(true)}>
            {texts.health.halt}
          </Button>
        )
      }
    >
      {health.isPending ? (
        <Skeleton lines={10} />
      ) : health.isError ? (
        <Failed onAgain={() => void health.refetch()} />
      ) : (
        <Everything health={health.data} />
      )}
      {isHalting && <HaltDialog onClose={() => setHalting(false)} />}
    </Page>
  )
}

function Everything({ health }: { health: Health }) {
  const texts = useTexts()
  const mayLead = useMay('lead')
  const simulated = health.integrations.filter(({ isSimulated }) => isSimulated)
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-5 max-sm:p-3">
      {health.production && simulated.length > 0 && (
        <p role="alert" className="rounded-lg bg-attention px-4 py-3 text-base font-semibold text-inverse">
          {fill(texts.health.simulatedShout, {
            names: simulated.map(({ name }) => texts.health.name[name]).join(', '),
          })}
        </p>
      )}
      <HaltedBanner health={health} />
      <Work work={health.work} />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Integrations list={health.integrations} />
        <div className="flex flex-col gap-4">
          <Accounts list={health.accounts} />
          <Calendars list={health.calendars} />
          <Budgets budgets={health.budgets} />
        </div>
      </div>
      {mayLead && <DeadLetters />}
    </div>
  )
}

function HaltedBanner({ health }: { health: Health }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const mayLead = useMay('lead')
  const resume = useMutation({
    mutationFn: () => ask(api.POST('/console/halt', { body: { halted: false } })),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: healthQuery.queryKey }),
  })
  const { isOn, by, since, reason } = health.halted
  if (!isOn) return null
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-4 rounded-lg bg-attention px-4 py-3 text-inverse"
    >
      <OctagonX size={22} />
      <div className="grow">
        <p className="text-base font-semibold">{texts.health.halted}</p>
        <p className="text-xs">
          {fill(texts.health.haltedBy, { name: by ?? '', when: since ? moment(since, { language }) : '' })}
          {reason && ` · ${reason}`}
        </p>
      </div>
      {mayLead && (
        <Button
          icon={<Play size={14} />}
          isBusy={resume.isPending}
          onClick={() => resume.mutate()}
          className="text-ink"
        >
          {texts.health.resume}
        </Button>
      )}
    </div>
  )
}

/** So old may the oldest be before it is a sign of trouble. */
const lateMs = 60_000

function Work({ work }: { work: Health['work'] }) {
  const texts = useTexts()
  return (
    <section aria-label={texts.health.work} className="grid grid-cols-4 gap-4 max-md:grid-cols-2">
      {work.map(({ name, due, oldestAt }) => {
        const isLate = oldestAt !== null && Date.now() - Date.parse(oldestAt) > lateMs
        return (
          <div key={name} className={`rounded-lg border bg-raised p-4 ${isLate ? 'border-attention' : ''}`}>
            <p className="text-xs text-faint">{texts.health.workName[name]}</p>
            <p className={`num mt-1 text-2xl font-semibold tracking-tight ${isLate ? 'text-attention' : ''}`}>
              {due}
            </p>
            <p className={`text-xs ${isLate ? 'font-medium text-attention' : 'text-faint'}`}>
              {oldestAt ? fill(texts.health.oldest, { time: ago(oldestAt, texts) }) : texts.health.none}
            </p>
          </div>
        )
      })}
    </section>
  )
}

const Dot = ({ tone }: { tone: 'good' | 'bad' | 'soft' }) => (
  <span
    aria-hidden
    className={`mt-1.5 size-2 shrink-0 rounded-full ${tone === 'good' ? 'bg-booked' : tone === 'bad' ? 'bg-attention' : 'bg-waiting'}`}
  />
)

function Integrations({ list }: { list: Health['integrations'] }) {
  const texts = useTexts()
  const states: Record<string, string> = texts.health.state
  return (
    <Panel title={texts.health.integrations}>
      <ul className="divide-y">
        {list.map(({ name, ok, isSimulated, detail }) => (
          <li key={name} className="flex items-start gap-3 px-4 py-2.5">
            <Dot tone={ok ? 'good' : 'bad'} />
            <div className="min-w-0 grow">
              <p className="font-medium">{texts.health.name[name]}</p>
              <p className={`text-xs break-words ${ok ? 'text-faint' : 'text-attention'}`}>
                {ok ? (detail ?? texts.health.ok) : (states[detail ?? ''] ?? detail)}
              </p>
            </div>
            {isSimulated && <Chip className="bg-human-tint text-human">{texts.health.simulated}</Chip>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Accounts({ list }: { list: Health['accounts'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const states: Record<string, string> = texts.health.state
  return (
    <Panel title={texts.health.accounts}>
      <ul className="divide-y">
        {list.map(({ account, state, phone, detail, until, begun, mostPerDay }) => {
          const isFine = state === 'online'
          const isSlow = state === 'limited' || state === 'connecting'
          return (
            <li key={account} className="flex items-start gap-3 px-4 py-2.5">
              <Dot tone={isFine ? 'good' : isSlow ? 'soft' : 'bad'} />
              <div className="min-w-0 grow">
                <p className="font-medium">
                  {account} <span className="num font-normal text-faint">{phone}</span>
                </p>
                <p className={`text-xs break-words ${isFine ? 'text-faint' : 'text-attention'}`}>
                  {states[state] ?? state}
                  {until && ` ${fill(texts.health.until, { when: moment(until, { language }) })}`}
                  {detail && ` · ${detail}`}
                </p>
                <div className="mt-2 h-1 overflow-hidden rounded-full bg-hover" aria-hidden>
                  <div
                    className={`h-full rounded-full ${begun >= mostPerDay ? 'bg-human' : 'bg-soft'}`}
                    style={{ width: `${Math.min(100, (begun / mostPerDay) * 100)}%` }}
                  />
                </div>
                <p className="num mt-1 text-xs text-faint">
                  {fill(texts.health.begun, { n: begun, most: mostPerDay })}
                </p>
              </div>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function Calendars({ list }: { list: Health['calendars'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const { sellers } = useMe()
  return (
    <Panel title={texts.health.calendars}>
      <ul className="divide-y">
        {list.map(({ sellerId, calendarId, connected, disconnectedAt, reason }) => (
          <li key={sellerId} className="flex items-start gap-3 px-4 py-2.5">
            <Dot tone={connected ? 'good' : 'bad'} />
            <div className="min-w-0 grow">
              <p className="font-medium">
                {sellers.find(({ id }) => id === sellerId)?.name[language] ?? sellerId}{' '}
                <span className="font-normal text-faint">{calendarId}</span>
              </p>
              <p className={`text-xs break-words ${connected ? 'text-faint' : 'text-attention'}`}>
                {connected
                  ? texts.health.connected
                  : `${fill(texts.health.lost, { when: disconnectedAt ? moment(disconnectedAt, { language }) : '' })} · ${reason}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Budgets({ budgets }: { budgets: Health['budgets'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const { today, isSpent, endsAt, held, unpriced } = budgets
  return (
    <Panel title={texts.health.budgets}>
      <ul className="divide-y">
        {today.map(({ name, spent, most }) => (
          <li key={name} className="px-4 py-2.5">
            <p className="flex justify-between gap-3">
              <span className="font-medium">{texts.health.budgetName[name]}</span>
              <span className="num text-faint">
                {fill(most === null ? texts.health.budgetFree : texts.health.budgetOf, {
                  spent: amount(spent, name, language),
                  most: most === null ? '' : amount(most, name, language),
                })}
              </span>
            </p>
            {most !== null && (
              <div className="mt-2 h-1 overflow-hidden rounded-full bg-hover" aria-hidden>
                <div
                  className={`h-full rounded-full ${spent >= most ? 'bg-attention' : 'bg-soft'}`}
                  style={{ width: `${Math.min(100, (spent / most) * 100)}%` }}
                />
              </div>
            )}
          </li>
        ))}
        {isSpent && (
          <li role="alert" className="px-4 py-2.5 text-attention">
            {fill(texts.health.budgetSpent, { n: held, when: moment(endsAt, { language }) })}
          </li>
        )}
        {unpriced.length > 0 && (
          <li className="px-4 py-2.5 text-xs text-faint">
            {fill(texts.health.unpriced, { names: unpriced.join(', ') })}
          </li>
        )}
      </ul>
    </Panel>
  )
}

const amount = (value: number, name: Health['budgets']['today'][number]['name'], language: string) =>
  name === 'usd' ? `$${value.toFixed(2)}` : value.toLocaleString(language)
