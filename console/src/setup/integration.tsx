import type { SetUp, SetupRow } from '@lead/contract/console'
import { Bot, CalendarDays, CircleAlert, CircleCheck, Contact, QrCode, Send, Workflow } from 'lucide-react'
import { useState } from 'react'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import type { Results } from './results.ts'
import { TelegramLoginDialog } from './telegram-login.tsx'

type Name = SetUp['integrations'][number]['name']
const icons = { amocrm: Contact, telegram: Send, google: CalendarDays, models: Bot, n8n: Workflow } as const

type Props = {
  integration: SetUp['integrations'][number]
  result: Results[Name]
  mayLogIn: boolean
  onTest: () => void
}

/** One integration: real or simulated, whether it works, and for each fault the next step. */
export function Integration({ integration, result, mayLogIn, onTest }: Props) {
  const texts = useTexts()
  const [isLoggingIn, setLoggingIn] = useState(false)
  const { name, isSimulated, way } = integration
  const Icon = icons[name]
  const rows = result === 'testing' ? undefined : result
  const faults = rows?.filter(({ fault }) => fault !== null) ?? []
  const fine = rows?.filter(({ fault }) => fault === null) ?? []
  return (
    <li className="px-4 py-3.5" aria-label={texts.setup.name[name]}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Icon size={18} className="mt-0.5 shrink-0 text-faint" />
        <div className="min-w-0 grow basis-56">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-semibold">{texts.setup.name[name]}</span>
            {name !== 'n8n' && (
              <Chip className={isSimulated ? 'bg-human-tint text-human' : undefined}>
                {isSimulated ? texts.setup.simulated : texts.setup.real}
              </Chip>
            )}
            <State result={result} faults={faults.length} />
          </p>
          <p className="text-soft text-pretty">{texts.setup.what[name]}</p>
          <p className="text-xs break-all text-faint">
            {/^https?:/.test(way) ? (
              <a href={way} target="_blank" rel="noreferrer" className="underline hover:text-ink">
                {way}
              </a>
            ) : (
              way
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {mayLogIn && (
            <Button icon={<QrCode size={14} />} onClick={() => setLoggingIn(true)}>
              {texts.setup.logIn}
            </Button>
          )}
          <Button isBusy={result === 'testing'} onClick={onTest}>
            {result === 'testing' ? texts.setup.testing : rows ? texts.setup.again : texts.setup.test}
          </Button>
        </div>
      </div>
      {faults.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2 pl-8.5 max-sm:pl-0">
          {faults.map((row, index) => (
            <Fault key={index} row={row} />
          ))}
        </ul>
      )}
      {fine.length > 0 && (
        <details className="mt-2 pl-8.5 text-xs text-soft max-sm:pl-0" open={faults.length === 0}>
          <summary className="w-fit cursor-pointer rounded-sm py-1 hover:text-ink">
            {texts.setup.details}
          </summary>
          <dl className="mt-1 grid grid-cols-[minmax(8rem,auto)_1fr] gap-x-4 gap-y-1 max-sm:grid-cols-1">
            {fine.map(({ what, has }, index) => (
              <div key={index} className="contents">
                <dt className="break-words text-faint">{what}</dt>
                <dd className="min-w-0 break-words max-sm:mb-1">{has}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {isLoggingIn && (
        <TelegramLoginDialog
          onClose={() => setLoggingIn(false)}
          onDone={() => {
            setLoggingIn(false)
            onTest()
          }}
        />
      )}
    </li>
  )
}

function State({ result, faults }: { result: Results[Name]; faults: number }) {
  const texts = useTexts()
  if (result === undefined || result === 'testing') return null
  return faults === 0 ? (
    <span role="status" className="inline-flex items-center gap-1 text-xs font-medium text-booked">
      <CircleCheck size={14} />
      {texts.setup.works}
    </span>
  ) : (
    <span role="status" className="inline-flex items-center gap-1 text-xs font-medium text-attention">
      <CircleAlert size={14} />
      {fill(texts.setup.faults, { n: faults })}
    </span>
  )
}

const Fault = ({ row }: { row: SetupRow }) => (
  <li className="rounded-md bg-attention-tint px-3 py-2">
    <p className="break-words text-attention">
      <span className="font-medium">{row.what}</span>: {row.fault}
    </p>
    {row.next && <p className="mt-0.5 break-words">→ {row.next}</p>}
  </li>
)
