import type { FoundItem } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { BookOpen, Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { knowledgeQuery, setupQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { inputLook } from '../ui/field.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'

/** What the assistant would find for a question, as it would find it for a lead's. */
export function KnowledgeSearch() {
  const texts = useTexts()
  const setup = useQuery(setupQuery)
  const [asked, setAsked] = useState('')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setAsked(String(new FormData(event.currentTarget).get('text')).trim())
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 px-5 py-5 max-sm:px-3">
      <div>
        <h2 className="text-base font-semibold">
          {texts.setup.knowledge}{' '}
          {setup.data && (
            <span className="num ml-1 text-xs font-normal text-faint">
              {fill(texts.setup.items, { n: setup.data.knowledge })}
            </span>
          )}
        </h2>
        <p className="text-soft text-pretty">{texts.setup.knowledgeIs}</p>
      </div>
      <form onSubmit={submit} className="flex gap-2">
        <input
          name="text"
          required
          maxLength={2000}
          aria-label={texts.setup.ask}
          placeholder={texts.setup.askHint}
          className={`${inputLook} min-w-0 grow`}
        />
        <Button type="submit" look="primary" className="h-9 max-sm:h-11" icon={<Search size={14} />}>
          {texts.setup.check}
        </Button>
      </form>
      {asked === '' ? (
        <Empty icon={<BookOpen size={24} />}>
          {setup.data?.knowledge === 0 ? texts.setup.noKnowledge : texts.setup.askHint}
        </Empty>
      ) : (
        <Found asked={asked} />
      )}
    </div>
  )
}

function Found({ asked }: { asked: string }) {
  const texts = useTexts()
  const query = useQuery(knowledgeQuery(asked))
  if (query.isPending) return <Skeleton lines={6} />
  if (query.isError) return <Failed onAgain={() => void query.refetch()} />
  const fitting = query.data.items.filter(({ score }) => score > 0)
  const rest = query.data.items.filter(({ score }) => score === 0)
  return (
    <div aria-live="polite" className="flex flex-col gap-4">
      {fitting.length === 0 ? (
        <p className="rounded-md bg-human-tint px-3 py-2 text-human">{texts.setup.nothing}</p>
      ) : (
        <ul className="divide-y rounded-lg border bg-raised">
          {fitting.map((item) => (
            <Item key={item.id} item={item} best={fitting[0]?.score ?? 1} />
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <details className="text-soft">
          <summary className="w-fit cursor-pointer rounded-sm py-1 text-xs hover:text-ink">
            {texts.setup.room} ({rest.length})
          </summary>
          <ul className="mt-1 divide-y rounded-lg border bg-raised">
            {rest.map((item) => (
              <Item key={item.id} item={item} best={0} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Item({ item: { id, title, text, score }, best }: { item: FoundItem; best: number }) {
  const texts = useTexts()
  return (
    <li className="px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="grow font-medium">{title || id}</span>
        <code className="text-xs text-faint">#{id}</code>
        {score > 0 && (
          <span className="num text-xs text-soft">{fill(texts.setup.score, { n: score.toFixed(2) })}</span>
        )}
      </p>
      <p className="mt-0.5 whitespace-pre-line text-soft text-pretty">{text}</p>
      {score > 0 && (
        <div className="mt-2 h-1 overflow-hidden rounded-full bg-hover" aria-hidden>
          <div
            className="h-full rounded-full bg-soft"
            style={{ width: `${Math.max(4, (score / best) * 100)}%` }}
          />
        </div>
      )}
    </li>
  )
}
