import type { Numbers } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { numbersQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { duration } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { IconButton } from '../ui/button.tsx'
import { inputLook } from '../ui/field.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { DaysPlot } from './days-plot.tsx'
import { saveCsv } from './save-csv.ts'

const spans = [7, 30, 90]
const hourMs = 3_600_000

/** What came of the leads of the last days, and how quick the assistant was. */
export function NumbersPage() {
  const texts = useTexts()
  const [days, setDays] = useState(30)
  // On whole hours, so that coming back finds what was read before.
  const [from, to] = useMemo(() => {
    const end = Math.ceil(Date.now() / hourMs) * hourMs
    return [new Date(end - days * 24 * hourMs), new Date(end)]
  }, [days])
  const query = useQuery(numbersQuery(from, to))
  return (
    <Page
      title={texts.page.numbers}
      actions={
        <>
          <select
            aria-label={fill(texts.numbers.days, { n: days })}
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
            className={`${inputLook} h-8 max-sm:h-10`}
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {fill(texts.numbers.days, { n: span })}
              </option>
            ))}
          </select>
          <IconButton
            label={texts.numbers.csv}
            disabled={!query.data}
            onClick={() => query.data && saveCsv(query.data)}
          >
            <Download size={16} />
          </IconButton>
        </>
      }
    >
      {query.isPending ? (
        <Skeleton lines={12} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : query.data.funnel[0]?.count === 0 ? (
        <div className="flex h-full">
          <Empty>{texts.numbers.empty}</Empty>
        </div>
      ) : (
        <div className="mx-auto grid max-w-5xl grid-cols-3 gap-4 p-5 max-md:grid-cols-1 max-sm:p-3">
          <div className="col-span-2 max-md:col-span-1">
            <Funnel funnel={query.data.funnel} />
          </div>
          <div className="flex flex-col gap-4">
            <Speed title={texts.numbers.firstTouch} times={query.data.firstTouch} />
            <Speed title={texts.numbers.reply} times={query.data.reply} />
            <HandedOff list={query.data.handedOff} />
          </div>
          <Variants list={query.data.variants} />
          <div className="col-span-full">
            <Panel title={texts.numbers.perDay}>
              <DaysPlot days={query.data.days} />
            </Panel>
          </div>
        </div>
      )}
    </Page>
  )
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 100))

function Funnel({ funnel }: { funnel: Numbers['funnel'] }) {
  const texts = useTexts()
  const all = funnel[0]?.count ?? 0
  return (
    <Panel title={texts.numbers.funnel}>
      <ol className="flex flex-col gap-3 p-4">
        {funnel.map(({ step, count }, index) => {
          const before = funnel[index - 1]?.count ?? count
          const isMeeting = step === 'booked' || step === 'held'
          return (
            <li key={step} className="grid grid-cols-[128px_1fr_52px] items-center gap-3">
              <span className="text-soft">{texts.numbers.step[step]}</span>
              <span
                className="block h-7 overflow-hidden rounded-sm bg-hover"
                title={fill(texts.numbers.ofAll, { n: percent(count, all) })}
              >
                <span
                  className={`flex h-full items-center rounded-sm ${isMeeting ? 'bg-booked' : 'bg-line-strong'}`}
                  style={{ width: `${percent(count, all)}%` }}
                />
              </span>
              <span className="text-right leading-4">
                <span className="num block text-base font-semibold">{count}</span>
                {index > 0 && (
                  <span
                    className="num block text-2xs text-faint"
                    title={fill(texts.numbers.ofBefore, { n: percent(count, before) })}
                  >
                    {percent(count, before)}%
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

/** Prompts of an experiment side by side, where there is one. */
function Variants({ list }: { list: Numbers['variants'] }) {
  const texts = useTexts()
  const [first] = list
  if (!first) return null
  return (
    <div className="col-span-full">
      <Panel title={texts.numbers.variants}>
        <div className="overflow-x-auto p-4">
          <table className="w-full text-right">
            <thead>
              <tr className="text-xs text-faint">
                <th scope="col" className="text-left font-normal">
                  {texts.numbers.variant}
                </th>
                {first.funnel.map(({ step }) => (
                  <th key={step} scope="col" className="px-2 font-normal">
                    {texts.numbers.step[step]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.map(({ variant, funnel }) => (
                <tr key={variant}>
                  <th scope="row" className="text-left font-medium">
                    {variant}
                  </th>
                  {funnel.map(({ step, count }) => (
                    <td key={step} className="num px-2 py-1">
                      {count}{' '}
                      <span className="text-2xs text-faint">{percent(count, funnel[0]?.count ?? 0)}%</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  )
}

const promiseSec = 60

function Speed({ title, times }: { title: string; times: Numbers['reply'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const isKept = times.p95 !== null && times.p95 <= promiseSec
  return (
    <section className="rounded-lg border bg-raised p-4">
      <h2 className="text-xs text-faint">{title}</h2>
      {times.p50 === null || times.p95 === null ? (
        <p className="mt-2 text-soft">{texts.numbers.noData}</p>
      ) : (
        <>
          <p className="num mt-1 text-2xl font-semibold tracking-tight">
            {duration(times.p50, texts, language)}
          </p>
          <p className={`num text-xs ${isKept ? 'text-booked' : 'text-human'}`}>
            {fill(texts.numbers.p95, { time: duration(times.p95, texts, language) })}
          </p>
          <p className="mt-1 text-xs text-faint">{texts.numbers.promise}</p>
        </>
      )}
    </section>
  )
}

function HandedOff({ list }: { list: Numbers['handedOff'] }) {
  const texts = useTexts()
  const sources: Record<string, string> = texts.source
  if (list.length === 0) return null
  return (
    <section className="rounded-lg border bg-raised p-4">
      <h2 className="mb-1 text-xs text-faint">{texts.numbers.handedOff}</h2>
      <ul>
        {list.map(({ source, count }) => (
          <li key={source} className="flex justify-between gap-2">
            <span className="truncate text-soft">{sources[source] ?? source}</span>
            <span className="num font-medium">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
