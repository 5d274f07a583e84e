import type { AlertChannels, AlertTest } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Copy, Mail, Send, Webhook } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { alertChannelsQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { useMay } from '../session/use-me.ts'
import { ThisDevice } from './this-device.tsx'
import { toast } from '../ui/toasts.tsx'

type Channel = AlertChannels['channels'][number]
const icons = { telegram: Send, email: Mail, webhook: Webhook } as const

/** Whether alerts reach anybody outside of this page; what is missing is named, and a test says at once what came of it. */
export function Channels() {
  const texts = useTexts()
  const mayWork = useMay('work')
  const mayLead = useMay('lead')
  const query = useQuery({ ...alertChannelsQuery, enabled: mayLead })
  return (
    <Panel title={texts.alerts.channels}>
      {mayWork && (
        <ul className={mayLead ? 'border-b' : ''}>
          <ThisDevice />
        </ul>
      )}
      {!mayLead ? null : query.isPending ? (
        <Skeleton lines={3} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : (
        <ul className="divide-y">
          {query.data.channels.map((channel) => (
            <ChannelRow key={channel.name} channel={channel} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ChannelRow({ channel }: { channel: Channel }) {
  const texts = useTexts()
  const { name, missing, to, lastError } = channel
  const Icon = icons[name]
  const isOn = missing.length === 0
  const test = useMutation({
    mutationFn: () =>
      ask(api.POST('/console/alert-channels/{channel}/test', { params: { path: { channel: name } } })),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  const mayFindChats = name === 'telegram' && !missing.some((one) => one.file === '.env')
  return (
    <li className="px-4 py-3.5" aria-label={texts.alerts.channel[name]}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Icon size={16} className={`mt-0.5 shrink-0 ${isOn ? 'text-booked' : 'text-faint'}`} />
        <div className="min-w-0 grow basis-64">
          <p className="flex items-center gap-2">
            <span className="font-medium">{texts.alerts.channel[name]}</span>
            <Chip className={isOn ? 'bg-booked-tint text-booked' : undefined}>
              {isOn ? texts.alerts.on : texts.alerts.off}
            </Chip>
          </p>
          <p className="text-xs break-words text-soft text-pretty">
            {isOn ? fill(texts.alerts.goesTo, { to: to.join(', ') }) : texts.alerts.setUp[name]}
          </p>
          {isOn && lastError && !test.data && (
            <p className="text-xs break-words text-attention">
              {fill(texts.alerts.lastFailed, { reason: lastError })}
            </p>
          )}
        </div>
        <Button isBusy={test.isPending} onClick={() => test.mutate()}>
          {texts.alerts.test}
        </Button>
      </div>
      <div className="pl-8 max-sm:pl-0">
        {test.data && <Outcome channel={channel} fault={test.data.fault} />}
        {!isOn && <Steps missing={missing} />}
        {mayFindChats && <Chats isOn={isOn} />}
      </div>
    </li>
  )
}

/** What came of a test: it stays until the next one, for whoever goes and looks meanwhile. */
function Outcome({ channel: { name, to }, fault }: { channel: Channel; fault: AlertTest['fault'] }) {
  const texts = useTexts()
  if (fault === null)
    return (
      <p role="status" className="mt-2 flex items-start gap-2 text-booked">
        <CircleCheck size={16} className="mt-0.5 shrink-0" />
        <span className="min-w-0 break-words">{fill(texts.alerts.tested, { to: to.join(', ') })}</span>
      </p>
    )
  const says = fault.kind === 'missing' ? texts.alerts.faultMissing : texts.alerts.fault[name][fault.kind]
  return (
    <div role="status" className="mt-2 rounded-md bg-attention-tint px-3 py-2">
      <p className="break-words text-attention">
        <span className="font-medium">{texts.alerts.notSent}</span> {fill(says, { setting: fault.setting })}
      </p>
      {fault.said && <p className="mt-0.5 text-xs break-words text-soft">{fault.said}</p>}
    </div>
  )
}

/** The very lines that turn a channel on, and where each goes. */
function Steps({ missing }: { missing: Channel['missing'] }) {
  const texts = useTexts()
  return (
    <ol className="mt-2 flex flex-col gap-3">
      {missing.map(({ name, file, line }) => (
        <li key={name}>
          <p className="mb-1 text-xs text-soft">
            {file === '.env' ? (
              name === 'ALERTS_WEBHOOK_SECRET' ? (
                texts.alerts.intoEnvSecret
              ) : (
                texts.alerts.intoEnv
              )
            ) : (
              <>
                {fill(texts.alerts.intoRules, { key: line.trim().split(':')[0] ?? '' })}{' '}
                <Link to="/app/setup" search={{ part: 'business' }} className="underline hover:text-ink">
                  {texts.alerts.toRules}
                </Link>
              </>
            )}
          </p>
          <CopyLine line={line} />
        </li>
      ))}
    </ol>
  )
}

function CopyLine({ line }: { line: string }) {
  const texts = useTexts()
  const copy = async () => {
    await navigator.clipboard.writeText(line)
    toast(texts.people.copied)
  }
  return (
    <div className="flex items-stretch gap-2">
      <code
        tabIndex={0}
        className="min-w-0 grow overflow-x-auto rounded-sm border bg-panel px-2.5 py-1.5 text-xs whitespace-pre select-all"
      >
        {line}
      </code>
      <IconButton label={texts.alerts.copyLine} onClick={() => void copy()}>
        <Copy size={14} />
      </IconButton>
    </div>
  )
}

/** Telegram tells no one their number: whoever wrote to the bot is shown with theirs. */
function Chats({ isOn }: { isOn: boolean }) {
  const texts = useTexts()
  const find = useMutation({
    mutationFn: () => ask(api.POST('/console/alert-channels/telegram/chats')),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  return (
    <div className="mt-2">
      <Button look="quiet" className="-ml-3" isBusy={find.isPending} onClick={() => find.mutate()}>
        {texts.alerts.findChats}
      </Button>
      {find.data && (
        <ul className="text-xs text-soft" role="status">
          {find.data.chats.map(({ id, name }) => (
            <li key={id}>
              {name}: <span className="num font-medium text-ink">{id}</span>
            </li>
          ))}
          {find.data.chats.length === 0 && <li>{texts.alerts.noChats}</li>}
        </ul>
      )}
      {!isOn && find.data && find.data.chats.length > 0 && (
        <div className="mt-2">
          <CopyLine line={`  telegram: { chats: [${find.data.chats.map(({ id }) => id).join(', ')}] }`} />
        </div>
      )}
    </div>
  )
}
