import type { Change } from '@lead/contract/console'
import { useEffect, useSyncExternalStore } from 'react'
import { meQuery, queryClient } from './queries.ts'

/** Lists are read anew at most so often, however much changes. */
const listsEveryMs = 700
const againMs = 2000
/** The server says something every ten seconds: a line that is still for longer is broken, whatever the browser thinks of it. */
const silentMs = 25_000
const lookMs = 5000

let heardAt = Date.now()
let lostSince: number | null = null
const watchers = new Set<() => void>()
function setLost(since: number | null): void {
  if (since === lostSince) return
  lostSince = since
  for (const watcher of watchers) watcher()
}
function setLive(live: boolean): void {
  if (live) heardAt = Date.now()
  setLost(live ? null : (lostSince ?? heardAt))
}

/** When the server was last heard, if it is not heard any more: what the page shows is of then. Null: it is as new as the server has it. */
export const useLostSince = () =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => lostSince,
  )

/** Follows the stream of changes while the page is open, and goes on after the last one it had. */
export function useChanges(): void {
  useEffect(() => {
    let source: EventSource | null = null
    let lastId = ''
    let timer: ReturnType<typeof setTimeout> | null = null
    let lists: ReturnType<typeof setTimeout> | null = null
    let listsReadAt = 0
    let triedAt = Date.now()
    let isOver = false

    // The first change is shown at once; those right behind it come together.
    const readLists = () => {
      lists ??= setTimeout(
        () => {
          lists = null
          listsReadAt = Date.now()
          for (const name of ['counters', 'leads', 'week'])
            void queryClient.invalidateQueries({ queryKey: [name] })
        },
        Math.max(0, listsReadAt + listsEveryMs - Date.now()),
      )
    }

    const hear = (event: MessageEvent<string>) => {
      heardAt = Date.now()
      lastId = event.lastEventId
      const changes = JSON.parse(event.data) as Change[]
      for (const leadId of new Set(changes.map((change) => change.leadId)))
        void queryClient.invalidateQueries({ queryKey: ['lead', leadId] })
      if (changes.length > 0) readLists()
    }

    const connect = () => {
      triedAt = Date.now()
      source = new EventSource(`/console/changes${lastId ? `?after=${lastId}` : ''}`)
      source.addEventListener('hello', (event: MessageEvent<string>) => {
        const { stale } = JSON.parse(event.data) as { stale: boolean }
        // While the page was away something may have come that no id tells of.
        if (stale || !lastId) void queryClient.invalidateQueries({ predicate: isNotMe })
        lastId = event.lastEventId
        setLive(true)
      })
      source.addEventListener('changes', hear)
      source.addEventListener('beat', () => {
        heardAt = Date.now()
      })
      source.addEventListener('error', () => {
        setLive(false)
        // A browser that was refused does not try again by itself.
        if (source?.readyState !== EventSource.CLOSED || isOver) return
        void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
        timer = setTimeout(connect, againMs)
      })
    }
    const again = () => {
      source?.close()
      if (timer) clearTimeout(timer)
      timer = null
    }
    // The browser knows at once that the network is gone; a connection that hangs would be found out minutes later.
    const lose = () => {
      again()
      setLive(false)
    }
    const find = () => {
      again()
      connect()
    }
    const look = setInterval(() => {
      const now = Date.now()
      if (now - Math.max(heardAt, triedAt) < silentMs) return
      lose()
      if (navigator.onLine) connect()
    }, lookMs)
    window.addEventListener('offline', lose)
    window.addEventListener('online', find)
    connect()
    return () => {
      isOver = true
      again()
      clearInterval(look)
      window.removeEventListener('offline', lose)
      window.removeEventListener('online', find)
      if (lists) clearTimeout(lists)
    }
  }, [])
}

const isNotMe = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'me'
