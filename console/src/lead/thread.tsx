import type { LeadCard, Message, Note, Thread as Page } from '@lead/contract/console'
import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleStop, NotebookPen } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { threadQuery } from '../api/queries.ts'
import { useMay } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { clock, dayKey, longDay, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Failed, Skeleton } from '../ui/states.tsx'
import { ThinkingDot } from '../ui/thinking-dot.tsx'
import { Bubble } from './bubble.tsx'
import type { Work } from './use-work.ts'

type Item = { at: string } & ({ message: Message } | { note: Note })

/** What was said, oldest on top, with the notes between; stays at the bottom while one is there. */
export function Thread({ lead, work }: { lead: LeadCard; work: Work }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const query = useInfiniteQuery(threadQuery(lead.id))
  const items = itemsOf(query.data?.pages ?? [])
  const { scroller, onScroll } = useBottom(
    items.length,
    query.data?.pages.length ?? 0,
    lead.thinking !== null,
  )
  if (query.isPending)
    return (
      <div className="min-h-0 grow">
        <Skeleton lines={10} />
      </div>
    )
  if (query.isError && items.length === 0)
    return (
      <div className="flex min-h-0 grow">
        <Failed onAgain={() => void query.refetch()}>{texts.thread.failed}</Failed>
      </div>
    )
  return (
    <div
      ref={scroller}
      onScroll={onScroll}
      tabIndex={0}
      role="log"
      aria-label={lead.contactName ?? lead.name}
      className="min-h-0 grow overflow-y-auto px-4 outline-none max-sm:px-2"
    >
      <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-1 py-4">
        {query.hasNextPage && (
          <div className="flex justify-center pb-3">
            <Button look="quiet" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {texts.thread.earlier}
            </Button>
          </div>
        )}
        {items.length === 0 && (
          <Empty>
            {texts.thread.empty}
            {lead.next && (
              <p className="mt-1">
                {fill(texts.thread.emptyNext, { when: moment(lead.next.at, { language }) })}
              </p>
            )}
          </Empty>
        )}
        {items.map((item, index) => {
          const before = items[index - 1]
          const isNewDay = !before || dayKey(before.at) !== dayKey(item.at)
          return (
            <div key={'note' in item ? `note-${item.note.id}` : item.message.id}>
              {isNewDay && (
                <p className="py-4 text-center text-xs font-medium text-faint">
                  {longDay(item.at, { language })}
                </p>
              )}
              {'note' in item ? (
                <NoteOf note={item.note} />
              ) : (
                <Bubble
                  message={item.message}
                  lead={lead}
                  isFollowing={!isNewDay && isSameVoice(before, item)}
                  work={work}
                />
              )}
            </div>
          )
        })}
        {lead.thinking && <Thinking work={work} />}
      </div>
    </div>
  )
}

/** Pages come from the newest back, each oldest first. */
function itemsOf(pages: Page[]): Item[] {
  const messages = pages.toReversed().flatMap((page) => page.messages)
  // The oldest page has the notes of all the time after it.
  const notes = new Map(pages.flatMap((page) => page.notes).map((note) => [note.id, note]))
  const items: Item[] = [
    ...messages.map((message) => ({ at: message.at, message })),
    ...[...notes.values()].map((note) => ({ at: note.at, note })),
  ]
  return items.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const closeMs = 5 * 60_000
const isSameVoice = (a: Item | undefined, b: Item): boolean =>
  a !== undefined &&
  'message' in a &&
  'message' in b &&
  a.message.author === b.message.author &&
  a.message.writtenBy === b.message.writtenBy &&
  Date.parse(b.at) - Date.parse(a.at) < closeMs

function Thinking({ work }: { work: Work }) {
  const texts = useTexts()
  const mayWork = useMay('work')
  return (
    <div className="mt-2 flex items-center justify-end gap-2 text-assistant" role="status">
      <span>
        <ThinkingDot />
        {texts.thread.thinking}
      </span>
      {mayWork && (
        <Button
          look="quiet"
          icon={<CircleStop size={13} />}
          isBusy={work.stop.isPending}
          onClick={() => work.stop.mutate()}
        >
          {texts.thread.stop}
        </Button>
      )}
    </div>
  )
}

function NoteOf({ note }: { note: Note }) {
  const texts = useTexts()
  const { language } = useLanguage()
  return (
    <div className="my-2 rounded-md border border-note-line bg-note px-3.5 py-2.5">
      <p className="flex items-center gap-1.5 text-xs text-soft">
        <NotebookPen size={13} />
        {texts.thread.note} · {note.author} · <span className="num">{clock(note.at, { language })}</span>
      </p>
      <p className="mt-0.5 text-base break-words whitespace-pre-wrap">{note.text}</p>
    </div>
  )
}

/** Follows what is new at the bottom, and stays where one reads when older words come in above. */
function useBottom(count: number, pages: number, isThinking: boolean) {
  const scroller = useRef<HTMLDivElement>(null)
  const isAtBottom = useRef(true)
  const height = useRef(0)
  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    isAtBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80
    height.current = element.scrollHeight
  }
  useLayoutEffect(() => {
    const element = scroller.current
    if (element && !isAtBottom.current) element.scrollTop += element.scrollHeight - height.current
    if (element) height.current = element.scrollHeight
  }, [pages])
  useEffect(() => {
    const element = scroller.current
    if (element && isAtBottom.current) element.scrollTop = element.scrollHeight
  }, [count, isThinking])
  return { scroller, onScroll }
}
