import type { AlertChannels } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Mail, Send, Webhook } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { alertChannelsQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
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
  const Icon = icons[channel.name]
  const isReady = channel.missing.length === 0
  const test = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/console/alert-channels/{channel}/test', { params: { path: { channel: channel.name } } }),
      ),
    onSuccess: () => toast(texts.alerts.tested),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  const mayFindChats = channel.name === 'telegram' && !channel.missing.includes('ALERTS_TELEGRAM_BOT_TOKEN')
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <Icon size={16} className={`mt-0.5 shrink-0 ${isReady ? 'text-booked' : 'text-faint'}`} />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">{texts.alerts.channel[channel.name]}</p>
        {isReady ? (
          <p className="text-xs text-faint break-words">{channel.to.join(', ')}</p>
        ) : (
          <p className="text-xs text-soft text-pretty">
            {texts.alerts.setUp[channel.name]}{' '}
            {fill(texts.alerts.missing, { names: channel.missing.join(', ') })}
          </p>
        )}
        {channel.lastError && <p className="text-xs text-attention break-words">{channel.lastError}</p>}
        {mayFindChats && <Chats />}
      </div>
      {isReady && (
        <Button isBusy={test.isPending} onClick={() => test.mutate()}>
          {texts.alerts.test}
        </Button>
      )}
    </li>
  )
}

/** Telegram tells no one their number: whoever wrote to the bot is shown with theirs. */
function Chats() {
  const texts = useTexts()
  const find = useMutation({
    mutationFn: () => ask(api.POST('/console/alert-channels/telegram/chats')),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  return (
    <div className="mt-1">
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
    </div>
  )
}
