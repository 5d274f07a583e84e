import type { Queue } from '@lead/contract/console'
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import { api, ApiProblem, ask } from './ask.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What changed is told by the stream of changes.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (count, error) => !(error instanceof ApiProblem && error.status < 500) && count < 2,
      retryDelay: 800,
    },
    mutations: { networkMode: 'always' },
  },
})

/** Null: nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) =>
    ask(api.GET('/console/me', { signal })).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.code === 'signed-out') return null
      throw error
    }),
  staleTime: Infinity,
})

export const countersQuery = queryOptions({
  queryKey: ['counters'],
  queryFn: ({ signal }) => ask(api.GET('/console/counters', { signal })),
})

export type ListFilter = { queue: Queue | 'all'; search: string }

export const leadsQuery = ({ queue, search }: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', search ? 'search' : queue, search],
    queryFn: ({ pageParam, signal }) => {
      const of = search ? { search } : queue === 'all' ? {} : { queue }
      const query = { ...of, ...(pageParam && { after: pageParam }) }
      return ask(api.GET('/console/leads', { params: { query }, signal }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.after,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === (search ? 'search' : queue) ? previous : undefined,
  })

export const leadQuery = (leadId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'card'],
    queryFn: ({ signal }) =>
      ask(api.GET('/console/leads/{leadId}', { params: { path: { leadId } }, signal })),
  })

export const threadQuery = (leadId: number) =>
  infiniteQueryOptions({
    queryKey: ['lead', leadId, 'thread'],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/console/leads/{leadId}/thread', {
          params: { path: { leadId }, query: pageParam ? { before: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
  })

export const turnsQuery = (leadId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'turns'],
    queryFn: ({ signal }) =>
      ask(api.GET('/console/leads/{leadId}/turns', { params: { path: { leadId } }, signal })),
  })

export const rawTurnQuery = (leadId: number, turnId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'raw', turnId],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/console/leads/{leadId}/turns/{turnId}', { params: { path: { leadId, turnId } }, signal }),
      ),
  })

export const tasksQuery = (leadId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'tasks'],
    queryFn: ({ signal }) =>
      ask(api.GET('/console/leads/{leadId}/tasks', { params: { path: { leadId } }, signal })),
    staleTime: 60_000,
  })

/** What the lead would be told of a move to another time, or (null) of its end. */
export const wordsQuery = (meetingId: number, startsAt: Date | null) =>
  queryOptions({
    queryKey: ['week', 'words', meetingId, startsAt?.toISOString() ?? null],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/console/meetings/{meetingId}/words', {
          params: {
            path: { meetingId },
            query: startsAt ? { action: 'move', startsAt: startsAt.toISOString() } : { action: 'cancel' },
          },
          signal,
        }),
      ),
  })

export const weekQuery = (from: Date, to: Date) =>
  queryOptions({
    queryKey: ['week', from.toISOString()],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/console/week', {
          params: { query: { from: from.toISOString(), to: to.toISOString() } },
          signal,
        }),
      ),
    refetchInterval: 60_000,
  })

export const whyNotOfferedQuery = (at: Date, sellerId: string | null) =>
  queryOptions({
    queryKey: ['week', 'why', at.toISOString(), sellerId],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/console/week/why', {
          params: { query: { at: at.toISOString(), ...(sellerId && { sellerId }) } },
          signal,
        }),
      ),
  })

export const numbersQuery = (from: Date, to: Date, source: string | undefined) =>
  queryOptions({
    queryKey: ['numbers', from.toISOString(), to.toISOString(), source ?? null],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/console/numbers', {
          params: {
            query: {
              from: from.toISOString(),
              to: to.toISOString(),
              ...(source !== undefined && { source }),
            },
          },
          signal,
        }),
      ),
    refetchInterval: 60_000,
    // Another span or source: what stood there stays, greyed, until the new numbers are read.
    placeholderData: keepPreviousData,
  })

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => ask(api.GET('/console/health', { signal })),
  refetchInterval: 5000,
})

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ signal }) => ask(api.GET('/console/dead-letters', { signal })),
  refetchInterval: 15_000,
})

export const alertsQuery = infiniteQueryOptions({
  queryKey: ['alerts'],
  queryFn: ({ pageParam, signal }) =>
    ask(api.GET('/console/alerts', { params: { query: pageParam ? { before: pageParam } : {} }, signal })),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.before,
  refetchInterval: 3000,
})

export const alertChannelsQuery = queryOptions({
  queryKey: ['alert-channels'],
  queryFn: ({ signal }) => ask(api.GET('/console/alert-channels', { signal })),
})

export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => ask(api.GET('/console/filters', { signal })),
})

export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: ({ signal }) => ask(api.GET('/console/evaluation-cases', { signal })),
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    ask(api.GET('/console/audit', { params: { query: pageParam ? { before: pageParam } : {} }, signal })),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.before,
  staleTime: 0,
})

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => ask(api.GET('/console/people', { signal })),
})

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => ask(api.GET('/console/webhooks', { signal })),
  refetchInterval: 5000,
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => ask(api.GET('/console/tokens', { signal })),
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => ask(api.GET('/console/setup', { signal })),
})

export const businessQuery = queryOptions({
  queryKey: ['business'],
  queryFn: ({ signal }) => ask(api.GET('/console/business', { signal })),
  staleTime: 0,
})

export const telegramLoginQuery = (account: string) =>
  queryOptions({
    queryKey: ['telegram-login', account],
    queryFn: ({ signal }) =>
      ask(api.GET('/console/telegram-login', { params: { query: { account } }, signal })),
    refetchInterval: 1000,
    staleTime: 0,
  })

export const knowledgeQuery = (text: string) =>
  queryOptions({
    queryKey: ['knowledge', text],
    queryFn: ({ signal }) => ask(api.GET('/console/knowledge', { params: { query: { text } }, signal })),
  })

export const playgroundQuery = (id: string) =>
  queryOptions({
    queryKey: ['playground', id],
    queryFn: ({ signal }) =>
      ask(api.GET('/console/playground/{talkId}', { params: { path: { talkId: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'thinking' ? 600 : false),
    staleTime: 0,
  })
