import type { Person, Role } from '@lead/contract/console'
import { roles } from '@lead/contract/console-names'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Copy, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { peopleQuery, queryClient } from '../api/queries.ts'
import { useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { inputLook, Select } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { toast } from '../ui/toasts.tsx'

export function PeoplePage() {
  const texts = useTexts()
  const people = useQuery(peopleQuery)
  const [isInviting, setInviting] = useState(false)
  return (
    <Page
      title={texts.page.people}
      actions={
        <Button look="primary" icon={<UserPlus size={15} />} onClick={() => setInviting(true)}>
          {texts.people.invite}
        </Button>
      }
    >
      {people.isPending ? (
        <Skeleton lines={6} />
      ) : people.isError ? (
        <Failed onAgain={() => void people.refetch()} />
      ) : (
        <ul className="mx-auto max-w-3xl divide-y px-5 py-2 max-sm:px-4">
          {people.data.people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}

function PersonRow({ person }: { person: Person }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const me = useMe()
  const change = useMutation({
    mutationFn: (body: object) =>
      ask(api.POST('/console/people/{personId}', { params: { path: { personId: person.id } }, body })),
    onSuccess: () => toast(texts.people.changed),
    onError: (error) =>
      toast(
        fill(texts.app.problem, { detail: error instanceof ApiProblem ? error.message : texts.app.offline }),
        true,
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['people'] }),
  })
  const isMe = person.id === me.id
  const seller = me.sellers.find(({ id }) => id === person.sellerId)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <span
        aria-hidden
        className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-hover text-sm font-semibold text-soft"
      >
        {person.name.slice(0, 1).toUpperCase()}
      </span>
      <div className="min-w-0 grow basis-48">
        <p className={`truncate text-base font-medium ${person.disabled ? 'text-faint line-through' : ''}`}>
          {person.name}
          {isMe && <span className="font-normal text-faint"> · {texts.people.you}</span>}
        </p>
        <p className="truncate text-xs text-faint">
          {person.email}
          {' · '}
          {person.disabled
            ? texts.people.isOut
            : person.seenAt
              ? fill(texts.people.seen, { when: moment(person.seenAt, { language }) })
              : texts.people.never}
          {person.sessions > 0 && ` · ${fill(texts.people.sessions, { n: person.sessions })}`}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <select
          aria-label={`${texts.people.role}: ${person.name}`}
          value={person.role}
          disabled={isMe || person.disabled || change.isPending}
          onChange={(event) => {
            const role = event.target.value as Role
            const sellerId = role === 'seller' ? me.sellers[0]?.id : null
            change.mutate({ place: { role, sellerId } })
          }}
          className={`${inputLook} disabled:opacity-60`}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {texts.role[role]}
            </option>
          ))}
        </select>
        {person.role === 'seller' && (
          <select
            aria-label={`${texts.people.seller}: ${person.name}`}
            value={person.sellerId ?? ''}
            disabled={person.disabled || change.isPending}
            onChange={(event) => change.mutate({ place: { role: 'seller', sellerId: event.target.value } })}
            className={inputLook}
          >
            {me.sellers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
            {!seller && <option value={person.sellerId ?? ''}>{person.sellerId}</option>}
          </select>
        )}
        {!isMe && (
          <Button
            look="quiet"
            isBusy={change.isPending}
            onClick={() => change.mutate({ disabled: !person.disabled })}
          >
            {person.disabled ? texts.people.letIn : texts.people.shutOut}
          </Button>
        )}
      </div>
    </li>
  )
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const me = useMe()
  const [role, setRole] = useState<Role>('manager')
  const [sellerId, setSellerId] = useState(me.sellers[0]?.id ?? null)
  const invite = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/console/invitations', { body: { role, sellerId: role === 'seller' ? sellerId : null } }),
      ),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
  })
  const link = invite.data && `${location.origin}${invite.data.path}`
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? '')
    toast(texts.people.copied)
  }
  return (
    <Dialog title={texts.people.inviteTitle} onClose={onClose}>
      {link ? (
        <>
          <p className="mb-3 text-soft text-pretty">{texts.people.linkReady}</p>
          <div className="flex gap-2">
            <input
              readOnly
              value={link}
              aria-label={texts.people.makeLink}
              className={`${inputLook} w-full`}
              onFocus={(event) => event.target.select()}
            />
            <Button look="primary" icon={<Copy size={14} />} className="h-9" onClick={() => void copy()}>
              {texts.people.copy}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex flex-col gap-4">
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 text-xs font-medium text-soft">{texts.people.role}</legend>
            {roles.map((name) => (
              <label
                key={name}
                className={`flex cursor-pointer items-start gap-3 rounded-md border p-3 ${role === name ? 'border-ink bg-hover' : ''}`}
              >
                <input
                  type="radio"
                  name="role"
                  className="mt-1"
                  checked={role === name}
                  onChange={() => setRole(name)}
                />
                <span>
                  <span className="block font-medium">{texts.role[name]}</span>
                  <span className="block text-xs text-soft">{texts.roleMeans[name]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {role === 'seller' && (
            <Select
              label={texts.people.seller}
              value={sellerId ?? ''}
              onChange={(event) => setSellerId(event.target.value)}
            >
              {me.sellers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
            </Select>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{texts.app.cancel}</Button>
            <Button look="primary" isBusy={invite.isPending} onClick={() => invite.mutate()}>
              {texts.people.makeLink}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
