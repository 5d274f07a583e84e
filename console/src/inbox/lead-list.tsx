import type { LeadRow as Row } from '@lead/contract/console'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { SearchX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { leadsQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { useHotkeys } from '../ui/hotkeys.ts'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { queueLooks } from '../ui/holder.tsx'
import { useClock } from '../ui/use-clock.ts'
import { useInboxPlace } from './inbox-place.ts'
import { LeadRow } from './lead-row.tsx'
import { ListHead } from './list-head.tsx'

const rowHeight = 78
const fewestLetters = 3

export function LeadList() {
  const { queue, search, go } = useInboxPlace()
  const text = (search.q ?? '').trim()
  const wanted = text.length >= fewestLetters ? text : ''
  const list = useInfiniteQuery(leadsQuery({ queue, search: wanted }))
  const leads = list.data?.pages.flatMap((page) => page.leads) ?? []
  useListKeys(leads)
  return (
    <>
      <ListHead count={wanted && list.data ? leads.length : null} isTooShort={text !== '' && wanted === ''} />
      <div className="min-h-0 grow">
        {list.isPending ? (
          <Skeleton lines={12} />
        ) : list.isError && leads.length === 0 ? (
          <div className="flex h-full">
            <Failed onAgain={() => void list.refetch()} />
          </div>
        ) : leads.length === 0 ? (
          <NothingHere search={wanted} />
        ) : (
          <Rows
            leads={leads}
            chosen={search.lead}
            onChoose={(lead) => go({ lead: lead.id, turn: undefined })}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
            }}
          />
        )}
      </div>
    </>
  )
}

function NothingHere({ search }: { search: string }) {
  const texts = useTexts()
  const { queue } = useInboxPlace()
  if (search)
    return (
      <div className="flex h-full">
        <Empty icon={<SearchX size={28} strokeWidth={1.5} />}>
          <p className="font-medium text-ink">{fill(texts.app.foundNone, { text: search })}</p>
          <p className="mt-1">{texts.app.foundHint}</p>
        </Empty>
      </div>
    )
  const Icon = queueLooks[queue === 'all' ? 'assistant' : queue].icon
  return (
    <div className="flex h-full">
      <Empty icon={<Icon size={28} />}>{texts.queueEmpty[queue]}</Empty>
    </div>
  )
}

type RowsProps = {
  leads: Row[]
  chosen: number | undefined
  onChoose: (lead: Row) => void
  onEnd: () => void
}

/** Only the rows in sight are in the page, however long the list is. */
function Rows({ leads, chosen, onChoose, onEnd }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const now = useClock()
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => leads[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= leads.length - 8) onEnd()
  }, [last, leads.length, onEnd])
  const chosenIndex = leads.findIndex(({ id }) => id === chosen)
  useEffect(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: 'auto' })
    // Only when another one is chosen: a list that is read anew stays where it is.
  }, [chosen, virtual])
  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const lead = leads[index]
          return lead ? (
            <li
              key={key}
              className="absolute inset-x-0"
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <LeadRow lead={lead} isChosen={lead.id === chosen} now={now} onChoose={() => onChoose(lead)} />
            </li>
          ) : null
        })}
      </ul>
    </div>
  )
}

function useListKeys(leads: Row[]): void {
  const { search, go } = useInboxPlace()
  const step = (by: 1 | -1) => {
    const index = leads.findIndex(({ id }) => id === search.lead)
    const next = leads[index < 0 ? (by > 0 ? 0 : -1) : index + by]
    if (next) go({ lead: next.id, turn: undefined }, index >= 0)
  }
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    '/': () => document.getElementById('search')?.focus(),
    Escape: () => go(search.side ? { side: undefined } : { lead: undefined }),
  })
}
