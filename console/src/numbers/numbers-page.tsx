import type { Numbers } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { fill } from '../texts/texts.ts'
import { duration } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { IconButton } from '../ui/button.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { BarsPanel } from './bars-panel.tsx'
import { DaysPlot } from './days-plot.tsx'
import { NumbersFilters } from './numbers-filters.tsx'
import { daysOf, numbersOf, useNumbersPlace } from './numbers-place.ts'
import { PartsPanel } from './parts-panel.tsx'
import { percent } from './percent.ts'
import { saveCsv } from './save-csv.ts'
import { Tile } from './tile.tsx'

/** What came of the leads of the last days, and how quick the assistant was. */
export function NumbersPage() {
  const texts = useTexts()
  const { search, go } = useNumbersPlace()
  const { first, last } = daysOf(search)
  const query = useQuery(numbersOf(search))
  return (
    <Page
      title={texts.page.numbers}
      actions={
        <>
          <IconButton
            label={texts.numbers.csv}
            disabled={!query.data || query.isPlaceholderData}
            onClick={() => query.data && saveCsv(query.data, { first, last, source: search.source })}
          >
            <Download size={16} />
          </IconButton>
        </>
      }
    >
      <NumbersFilters choices={query.data?.choices ?? []} search={search} go={go} />
      {query.isPending ? (
        <Skeleton lines={12} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : query.data.funnel[0]?.count === 0 ? (
        <div className="flex h-full">
          <Empty>{texts.numbers.empty}</Empty>
        </div>
      ) : (
        <div
          aria-busy={query.isPlaceholderData}
          className="mx-auto grid max-w-5xl grid-cols-3 items-start gap-4 p-5 max-md:grid-cols-1 max-sm:p-3 aria-busy:opacity-60"
        >
          <div className="col-span-full grid grid-cols-4 items-stretch gap-4 max-lg:grid-cols-2 max-sm:gap-3">
            <Speed title={texts.numbers.firstTouch} times={query.data.firstTouch} />
            <Speed title={texts.numbers.reply} times={query.data.reply} />
            <OutsideHours count={query.data.outsideHours} of={query.data.reply.count} />
            <Spent spent={query.data.spent} />
          </div>
          <div className="col-span-2 flex flex-col gap-4 max-md:col-span-1">
            <Funnel funnel={query.data.funnel} />
            <Panel title={texts.numbers.perDay}>
              <DaysPlot days={query.data.days} />
            </Panel>
          </div>
          <div className="flex flex-col gap-4">
            <BarsPanel
              title={texts.numbers.objections}
              empty={texts.numbers.noObjections}
              bars={query.data.objections.map(({ kind, count }) => ({
                key: kind,
                name: texts.numbers.objection[kind],
                count,
              }))}
            />
            <BarsPanel
              title={texts.numbers.handOffs}
              empty={texts.numbers.noHandOffs}
              bars={query.data.handOffs.map(({ intent, count }) => ({
                key: intent ?? '',
                name: intent ? texts.intent[intent] : texts.numbers.noModel,
                count,
              }))}
            />
            <HandedOff list={query.data.handedOff} />
          </div>
          <div className="col-span-full">
            <PartsPanel numbers={query.data} />
          </div>
        </div>
      )}
    </Page>
  )
}

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

const promiseSec = 60

function Speed({ title, times }: { title: string; times: Numbers['reply'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  if (times.p50 === null || times.p95 === null)
    return (
      <Tile title={title} value="–">
        <p className="text-xs text-faint">{texts.numbers.noData}</p>
      </Tile>
    )
  const isKept = times.p95 <= promiseSec
  return (
    <Tile title={title} value={duration(times.p50, texts, language)}>
      <p className={`num text-xs ${isKept ? 'text-booked' : 'text-human'}`}>
        {fill(texts.numbers.p95, { time: duration(times.p95, texts, language) })}
      </p>
      <p className="text-xs text-faint">{texts.numbers.promise}</p>
    </Tile>
  )
}

function OutsideHours({ count, of }: { count: number; of: number }) {
  const texts = useTexts()
  return (
    <Tile title={texts.numbers.outside} value={of === 0 ? '–' : `${percent(count, of)}%`}>
      <p className="num text-xs text-faint">{fill(texts.numbers.outsideOf, { n: count, of })}</p>
    </Tile>
  )
}

/** What the models of this time took for each meeting that was made in it. */
function Spent({ spent: { cost, tokens, meetings } }: { spent: Numbers['spent'] }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const count = (value: number) => Math.round(value).toLocaleString(language)
  if (meetings === 0)
    return (
      <Tile title={texts.numbers.perMeeting} value="–">
        <p className="num text-xs text-faint">
          {fill(texts.numbers.spentNoMeeting, { cost: money(cost), n: count(tokens) })}
        </p>
      </Tile>
    )
  return (
    <Tile title={texts.numbers.perMeeting} value={money(cost / meetings)}>
      <p className="num text-xs text-soft">
        {fill(texts.numbers.tokensPerMeeting, { n: count(tokens / meetings) })}
      </p>
      <p className="num text-xs text-faint">
        {fill(texts.numbers.spentAll, { cost: money(cost), n: meetings })}
      </p>
    </Tile>
  )
}

const money = (usd: number) => `$${usd.toFixed(usd < 1 ? 3 : 2)}`

function HandedOff({ list }: { list: Numbers['handedOff'] }) {
  const texts = useTexts()
  const sources: Record<string, string> = texts.source
  if (list.length === 0) return null
  return (
    <BarsPanel
      title={texts.numbers.handedOff}
      empty=""
      bars={list.map(({ source, count }) => ({ key: source, name: sources[source] ?? source, count }))}
    />
  )
}
