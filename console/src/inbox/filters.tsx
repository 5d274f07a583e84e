import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bookmark, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { filtersQuery, queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'
import { toQueue, useInboxPlace } from './inbox-place.ts'

const readAnew = () => queryClient.invalidateQueries({ queryKey: filtersQuery.queryKey })

/** The searches that one keeps, as places to go to. */
export function Filters() {
  const texts = useTexts()
  const filters = useQuery(filtersQuery).data?.filters ?? []
  const drop = useMutation({
    mutationFn: (id: number) =>
      ask(api.POST('/console/filters/{filterId}/drop', { params: { path: { filterId: id } } })),
    onSettled: readAnew,
  })
  if (filters.length === 0) return null
  return (
    <nav aria-label={texts.filters.title} className="mt-3 flex flex-col gap-px px-2">
      {filters.map(({ id, name, queue, search }) => (
        <div key={id} className="group relative">
          <Link
            to="/app/inbox/$queue"
            params={{ queue: toQueue(queue) }}
            search={search ? { q: search } : {}}
            className="flex h-8 items-center gap-2.5 rounded-sm px-2.5 pr-8 text-soft hover:bg-hover hover:text-ink"
          >
            <Bookmark size={16} className="shrink-0" />
            <span className="truncate">{name}</span>
          </Link>
          <IconButton
            label={fill(texts.filters.drop, { name })}
            className="absolute top-1 right-1 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
            onClick={() => drop.mutate(id)}
          >
            <X size={13} />
          </IconButton>
        </div>
      ))}
    </nav>
  )
}

/** Keeps what one is looking at under a name. */
export function KeepFilter() {
  const texts = useTexts()
  const { queue, search } = useInboxPlace()
  const [isAsking, setAsking] = useState(false)
  const save = useMutation({
    mutationFn: (name: string) =>
      ask(api.POST('/console/filters', { body: { name, queue, search: search.q ?? '' } })),
    onSuccess: () => toast(texts.filters.kept),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: readAnew,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name) save.mutate(name)
    setAsking(false)
  }
  return (
    <>
      <Button
        look="quiet"
        className="h-6 px-1.5 text-xs"
        icon={<Bookmark size={12} />}
        onClick={() => setAsking(true)}
      >
        {texts.filters.keep}
      </Button>
      {isAsking && (
        <Dialog title={texts.filters.keepTitle} onClose={() => setAsking(false)}>
          <form onSubmit={submit} className="flex flex-col gap-4">
            <Field
              label={texts.filters.name}
              name="name"
              maxLength={60}
              required
              autoFocus
              defaultValue={search.q}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={() => setAsking(false)}>{texts.app.cancel}</Button>
              <Button look="primary" type="submit">
                {texts.filters.save}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
