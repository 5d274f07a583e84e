import { queues } from '@lead/contract/console-names'
import { getRouteApi } from '@tanstack/react-router'

export const queueNames = ['all', ...queues] as const
export type QueueName = (typeof queueNames)[number]

/** Where in the inbox a person is; it stands in the address, so that a link leads to the same place. */
export type InboxSearch = {
  lead?: number
  q?: string
  /** What stands beside the talk; absent: the card, where there is room. */
  side?: 'card' | 'why'
  /** The turn that is asked about. */
  turn?: number
}

const positive = (value: unknown) =>
  Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined

export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  const lead = positive(search['lead'])
  const turn = positive(search['turn'])
  const { q, side } = search
  return {
    ...(lead && { lead }),
    ...(turn && { turn }),
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q) }),
    ...((side === 'card' || side === 'why') && { side }),
  }
}

export const toQueue = (text: string): QueueName => queueNames.find((name) => name === text) ?? 'all'

const route = getRouteApi('/in/app/inbox/$queue')

/** Where one is in the inbox, and how to go elsewhere in it. */
export function useInboxPlace() {
  const { queue } = route.useParams()
  // The router lets through what was not read, too.
  const search = readInboxSearch(route.useSearch())
  const navigate = route.useNavigate()
  return {
    queue,
    search,
    /** Changes what is named and keeps the rest; undefined takes it away. */
    go: (change: { [Name in keyof InboxSearch]: InboxSearch[Name] | undefined }, replace = false) =>
      void navigate({
        search: (before) => readInboxSearch({ ...before, ...change }),
        replace,
      }),
    goToQueue: (name: QueueName) => void navigate({ params: { queue: name }, search: {} }),
  }
}
