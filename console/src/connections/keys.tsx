import type { ListedToken } from '@lead/contract/console'
import { type TokenScope, tokenScopes } from '@lead/contract/console-names'
import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { queryClient, tokensQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select } from '../ui/field.tsx'
import { Panel } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'
import { ShownOnce } from './shown-once.tsx'

const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })
/** In days; null: until it is ended. */
const terms = [30, 90, 365, null] as const

export function Keys() {
  const texts = useTexts()
  const query = useQuery(tokensQuery)
  const [isMaking, setMaking] = useState(false)
  return (
    <Panel
      title={texts.connections.keys}
      action={
        <Button look="quiet" icon={<Plus size={15} />} onClick={() => setMaking(true)}>
          {texts.connections.makeKey}
        </Button>
      }
    >
      {query.isPending ? (
        <Skeleton lines={2} />
      ) : query.isError ? (
        <Failed onAgain={() => void query.refetch()} />
      ) : query.data.tokens.length === 0 ? (
        <p className="px-4 py-5 text-soft text-pretty">{texts.connections.noKeys}</p>
      ) : (
        <ul className="divide-y">
          {query.data.tokens.map((token) => (
            <KeyRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {isMaking && <MakeDialog onClose={() => setMaking(false)} />}
    </Panel>
  )
}

function KeyRow({ token }: { token: ListedToken }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const drop = useMutation({
    mutationFn: () =>
      ask(api.POST('/console/tokens/{tokenId}/drop', { params: { path: { tokenId: token.id } } })),
    onSuccess: () => toast(texts.connections.keyEnded),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: refresh,
  })
  const when = (at: string) => moment(at, { language })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <KeyRound size={16} className="shrink-0 text-faint" />
      <div className="min-w-0 grow basis-64">
        <p className="truncate font-medium">{token.name}</p>
        <p className="text-xs text-faint">
          {texts.connections.scope[token.scope]}
          {' · '}
          {token.usedAt
            ? fill(texts.connections.used, { when: when(token.usedAt) })
            : texts.connections.neverUsed}
          {token.expiresAt && ` · ${fill(texts.connections.until, { when: when(token.expiresAt) })}`}
        </p>
      </div>
      <Button look="quiet" isBusy={drop.isPending} onClick={() => drop.mutate()}>
        {texts.connections.endKey}
      </Button>
    </li>
  )
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<TokenScope>('read')
  const [days, setDays] = useState<number | null>(90)
  const make = useMutation({
    mutationFn: () => ask(api.POST('/console/tokens', { body: { name, scope, days } })),
    onSuccess: refresh,
  })
  return (
    <Dialog title={texts.connections.makeKey} onClose={onClose}>
      {make.data ? (
        <ShownOnce label={texts.connections.key} value={make.data.token} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <Field
            label={texts.connections.keyName}
            hint={texts.connections.keyNameHint}
            error={make.error && fill(texts.app.problem, { detail: make.error.message })}
            required
            autoFocus
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label={texts.connections.scopeTitle}
            value={scope}
            onChange={(event) => setScope(tokenScopes.find((one) => one === event.target.value) ?? 'read')}
          >
            {tokenScopes.map((one) => (
              <option key={one} value={one}>
                {texts.connections.scope[one]}
              </option>
            ))}
          </Select>
          <Select
            label={texts.connections.term}
            value={String(days)}
            onChange={(event) => setDays(terms.find((one) => String(one) === event.target.value) ?? null)}
          >
            {terms.map((one) => (
              <option key={String(one)} value={String(one)}>
                {one === null ? texts.connections.forEver : fill(texts.connections.days, { n: one })}
              </option>
            ))}
          </Select>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{texts.app.cancel}</Button>
            <Button type="submit" look="primary" isBusy={make.isPending}>
              {texts.connections.makeKey}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
