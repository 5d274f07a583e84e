import type { ListedWebhook } from '@lead/contract/console'
import { type EventType, eventTypes, mostCounted } from '@lead/contract/console-names'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, Webhook } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { queryClient, webhooksQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'
import { ShownOnce } from './shown-once.tsx'

const refresh = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] })

const counted = (n: number) => (n > mostCounted ? `${mostCounted}+` : n)

export function Webhooks() {
  const texts = useTexts()
  const query = useQuery(webhooksQuery)
  const [isAdding, setAdding] = useState(false)
  return (
    <Panel
      title={texts.connections.webhooks}
      action={
        <Button look="quiet" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
          {texts.connections.add}
        </Button>
      }
    >
      {query.isPending ? (
        <Skeleton lines={2} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : query.data.webhooks.length === 0 ? (
        <p className="px-4 py-5 text-soft text-pretty">{texts.connections.noWebhooks}</p>
      ) : (
        <ul className="divide-y">
          {query.data.webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      )}
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function WebhookRow({ webhook }: { webhook: ListedWebhook }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const [isDropping, setDropping] = useState(false)
  const act = useMutation({
    mutationFn: (name: 'test' | 'resume' | 'drop') =>
      ask(api.POST(`/console/webhooks/{webhookId}/${name}`, { params: { path: { webhookId: webhook.id } } })),
    onSuccess: (_, name) => toast(texts.connections.did[name]),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: refresh,
  })
  const mayResume = webhook.stoppedReason !== null || webhook.dead > 0
  const trouble = webhook.stoppedReason
    ? fill(texts.connections.stopped, { reason: webhook.stoppedReason })
    : webhook.lastError
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <Webhook
        size={16}
        className={`mt-0.5 shrink-0 ${trouble ? 'text-attention' : webhook.lastSentAt ? 'text-booked' : 'text-faint'}`}
      />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium break-all">{webhook.url}</p>
        <p className="text-xs text-faint">
          {webhook.events.map((type) => texts.connections.event[type]).join(', ')}
        </p>
        <p className="text-xs text-faint">
          {webhook.lastSentAt
            ? fill(texts.connections.lastSent, { when: moment(webhook.lastSentAt, { language }) })
            : texts.connections.nothingSent}
          {webhook.waiting > 0 && ` · ${fill(texts.connections.waiting, { n: counted(webhook.waiting) })}`}
          {webhook.dead > 0 && ` · ${fill(texts.connections.dead, { n: counted(webhook.dead) })}`}
        </p>
        {trouble && <p className="text-xs text-attention break-words">{trouble}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {mayResume && (
          <Button isBusy={act.isPending} onClick={() => act.mutate('resume')}>
            {texts.connections.resume}
          </Button>
        )}
        {!webhook.stoppedReason && (
          <Button isBusy={act.isPending} onClick={() => act.mutate('test')}>
            {texts.connections.test}
          </Button>
        )}
        <Button look="quiet" onClick={() => setDropping(true)}>
          {texts.connections.drop}
        </Button>
      </div>
      {isDropping && (
        <Dialog title={texts.connections.dropTitle} onClose={() => setDropping(false)}>
          <p className="mb-4 text-soft text-pretty break-words">
            {fill(texts.connections.dropText, { url: webhook.url })}
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setDropping(false)}>{texts.app.cancel}</Button>
            <Button look="danger" isBusy={act.isPending} onClick={() => act.mutate('drop')}>
              {texts.connections.drop}
            </Button>
          </div>
        </Dialog>
      )}
    </li>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<EventType[]>([...eventTypes])
  const add = useMutation({
    mutationFn: () => ask(api.POST('/console/webhooks', { body: { url: url.trim(), events } })),
    onSuccess: refresh,
  })
  return (
    <Dialog title={texts.connections.addTitle} onClose={onClose}>
      {add.data ? (
        <ShownOnce label={texts.connections.secret} value={add.data.secret} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate()
          }}
        >
          <Field
            label={texts.connections.url}
            hint={texts.connections.urlHint}
            error={add.error && fill(texts.app.problem, { detail: add.error.message })}
            type="url"
            required
            autoFocus
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 text-xs font-medium text-soft">{texts.connections.events}</legend>
            {eventTypes.map((type) => (
              <label key={type} className="flex cursor-pointer items-center gap-2 py-1">
                <input
                  type="checkbox"
                  checked={events.includes(type)}
                  onChange={(event) =>
                    setEvents(
                      event.target.checked ? [...events, type] : events.filter((other) => other !== type),
                    )
                  }
                />
                <span>{texts.connections.event[type]}</span>
                <code className="ml-auto text-xs text-faint">{type}</code>
              </label>
            ))}
          </fieldset>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{texts.app.cancel}</Button>
            <Button type="submit" look="primary" isBusy={add.isPending} disabled={events.length === 0}>
              {texts.connections.add}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
