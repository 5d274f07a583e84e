import { Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { countersQuery } from '../api/queries.ts'
import { UserMenu } from '../shell/user-menu.tsx'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { IconButton } from '../ui/button.tsx'
import { Keycap } from '../ui/keycap.tsx'
import { KeepFilter } from './filters.tsx'
import { queueNames, useInboxPlace } from './inbox-place.ts'

const typingMs = 200

/** What the list shows, and looking for somebody. On a phone also the queues. */
export function ListHead({ count, isTooShort }: { count: number | null; isTooShort: boolean }) {
  const texts = useTexts()
  const { queue, search, go, goToQueue } = useInboxPlace()
  const counters = useQuery(countersQuery)
  const [text, setText] = useState(search.q ?? '')
  useEffect(() => setText(search.q ?? ''), [search.q])
  useEffect(() => {
    if (text === (search.q ?? '')) return
    const timer = setTimeout(() => go({ q: text || undefined }, true), typingMs)
    return () => clearTimeout(timer)
  }, [text, search.q, go])
  return (
    <header className="shrink-0 border-b">
      <div className="flex h-14 items-center justify-between px-4">
        <h1 className="text-lg font-semibold tracking-tight">{texts.queue[queue]}</h1>
        <div className="md:hidden">
          <UserMenu compact />
        </div>
      </div>
      <div
        className="flex gap-1.5 overflow-x-auto px-3 pb-3 md:hidden"
        role="group"
        aria-label={texts.app.queues}
      >
        {queueNames.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={queue === name}
            onClick={() => goToQueue(name)}
            className={`h-9 shrink-0 rounded-full border px-3 ${queue === name ? 'border-ink bg-ink font-medium text-inverse' : 'bg-raised text-soft'}`}
          >
            {texts.queue[name]}
            {name !== 'all' && counters.data && counters.data[name] > 0 ? ` ${counters.data[name]}` : ''}
          </button>
        ))}
      </div>
      <div className="px-3 pb-3">
        <div className="relative">
          <Search size={14} className="absolute top-2.5 left-2.5 text-faint max-sm:top-3.5" />
          <input
            id="search"
            type="text"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={texts.app.search}
            aria-label={texts.app.search}
            autoComplete="off"
            maxLength={200}
            className="h-[34px] w-full rounded-sm border border-transparent bg-hover pr-8 pl-8 placeholder:text-faint focus:border-line-strong focus:bg-raised max-sm:h-11 max-sm:text-base"
          />
          <span className="absolute top-px right-px">
            {text ? (
              <IconButton label={texts.app.closePanel} onClick={() => setText('')}>
                <X size={14} />
              </IconButton>
            ) : (
              <span className="mt-[7px] mr-2 block max-md:hidden">
                <Keycap>/</Keycap>
              </span>
            )}
          </span>
        </div>
        {(count !== null || isTooShort) && (
          <div className="mt-2 flex h-6 items-center justify-between px-1">
            <p role="status" className="text-xs text-faint">
              {isTooShort ? texts.app.searchShort : fill(texts.app.found, { n: count ?? 0 })}
            </p>
            {!isTooShort && search.q && <KeepFilter />}
          </div>
        )}
      </div>
    </header>
  )
}
