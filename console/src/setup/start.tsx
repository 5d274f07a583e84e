import type { SetUp, SetupRow } from '@lead/contract/console'
import type { IntegrationName } from '@lead/contract/console-names'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowRight, Building2, Check, CircleCheck, PlugZap } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { setupQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'
import { Integration } from './integration.tsx'
import type { Results } from './results.ts'

export function Start() {
  const query = useQuery(setupQuery)
  return query.isPending ? (
    <Skeleton lines={10} />
  ) : query.isError ? (
    <Failed onAgain={() => void query.refetch()} />
  ) : (
    <Steps setup={query.data} />
  )
}

const faultsIn = (rows: SetupRow[]) => rows.filter(({ fault }) => fault !== null).length

function Steps({ setup }: { setup: SetUp }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const [results, setResults] = useState<Results>({})
  const keep = (name: IntegrationName, result: Results[IntegrationName]) =>
    setResults((before) => {
      const { [name]: _, ...rest } = before
      return result === undefined ? rest : { ...rest, [name]: result }
    })
  const test = useMutation({
    mutationFn: async (names: IntegrationName[]) => {
      for (const name of names) keep(name, 'testing')
      await Promise.all(
        names.map(async (name) => {
          try {
            const { rows } = await ask(
              api.POST('/console/setup/{integration}/check', {
                params: { path: { integration: name } },
                body: { language },
              }),
            )
            keep(name, rows)
          } catch (error) {
            keep(name, undefined)
            throw error
          }
        }),
      )
    },
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  const tried = Object.values(results).filter((result) => result !== 'testing')
  const working = tried.filter((rows) => faultsIn(rows) === 0).length
  const isAll = working === setup.integrations.length
  const simulated = setup.integrations.filter(({ isSimulated }) => isSimulated)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-5 px-5 py-5 max-sm:px-3">
      {setup.production && simulated.length > 0 && (
        <p role="alert" className="rounded-lg bg-attention px-4 py-3 text-base font-semibold text-inverse">
          {fill(texts.setup.production, {
            names: simulated.map(({ name }) => texts.setup.name[name]).join(', '),
          })}
        </p>
      )}
      <Company company={setup.company} />
      <Panel
        title={texts.setup.integrations}
        action={
          <div className="flex items-center gap-3">
            <span role="status" className={`num text-xs ${isAll ? 'text-booked' : 'text-faint'}`}>
              {tried.length > 0
                ? fill(texts.setup.ready, { n: working, of: setup.integrations.length })
                : texts.setup.notTried}
            </span>
            <Button
              look="primary"
              className="max-sm:h-9"
              icon={<PlugZap size={14} />}
              isBusy={test.isPending}
              onClick={() => test.mutate(setup.integrations.map(({ name }) => name))}
            >
              {texts.setup.tryAll}
            </Button>
          </div>
        }
      >
        <ul className="divide-y">
          {setup.integrations.map((integration) => (
            <Integration
              key={integration.name}
              integration={integration}
              result={results[integration.name]}
              mayLogIn={integration.name === 'telegram' && setup.mayLogIn}
              onTest={() => test.mutate([integration.name])}
            />
          ))}
        </ul>
        {simulated.length > 0 && (
          <p className="border-t px-4 py-3 text-xs text-soft text-pretty">{texts.setup.toReal}</p>
        )}
      </Panel>
      <Link
        to="/app/setup"
        search={{ part: 'playground' }}
        className="flex items-center gap-3 rounded-lg border bg-raised px-4 py-3.5 hover:bg-hover"
      >
        {isAll ? (
          <CircleCheck size={18} className="text-booked" />
        ) : (
          <Check size={18} className="text-faint" />
        )}
        <span className="grow font-medium">{texts.setup.next}</span>
        <ArrowRight size={16} className="text-faint" />
      </Link>
    </div>
  )
}

function Company({ company }: { company: SetUp['company'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const facts: [string, string][] = [
    [
      texts.setup.sellers,
      company.sellers.map(({ name, calendar }) => `${name[language]} (${calendar})`).join(', '),
    ],
    [texts.setup.zone, company.timeZone],
    [texts.setup.mode, texts.setup.modeIs[company.mode]],
  ]
  return (
    <Panel
      title={texts.setup.company}
      action={
        <Link
          to="/app/setup"
          search={{ part: 'business' }}
          className="rounded-sm px-2 py-1 font-medium text-soft hover:bg-hover hover:text-ink"
        >
          {texts.setup.change}
        </Link>
      }
    >
      <div className="flex gap-3 px-4 py-3">
        <Building2 size={18} className="mt-0.5 shrink-0 text-faint" />
        <div className="min-w-0 grow">
          <p className="text-base font-semibold">{company.name[language]}</p>
          <p className="mb-3 text-xs text-faint text-pretty">{texts.setup.companyIs}</p>
          <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1.5 max-sm:grid-cols-1 max-sm:gap-y-0.5">
            {facts.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-soft max-sm:mt-1.5 max-sm:text-xs">{name}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Panel>
  )
}
