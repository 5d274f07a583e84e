import type {
  BusinessText,
  FoundItem,
  ListedToken,
  ListedWebhook,
  AlertChannels,
  AlertsPage,
  AuditPage as AuditLog,
  CalendarWeek,
  WhyNotOffered,
  Counters,
  DeadLetter,
  EvaluationCase,
  Filter,
  Health,
  LeadCard,
  LeadPage,
  Me,
  Numbers,
  Person,
  PlaygroundTalk,
  Queue,
  SetUp,
  TelegramLogin,
  Thread,
  TurnTrace,
} from '@lead/contract/console'
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiProblem, get } from './ask.ts'

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
    get<Me>('/console/me', signal).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.code === 'signed-out') return null
      throw error
    }),
  staleTime: Infinity,
})

export const countersQuery = queryOptions({
  queryKey: ['counters'],
  queryFn: ({ signal }) => get<Counters>('/console/counters', signal),
})

export type ListFilter = { queue: Queue | 'all'; search: string }

export const leadsQuery = ({ queue, search }: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['leads', search ? 'search' : queue, search],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams()
      if (search) query.set('search', search)
      else if (queue !== 'all') query.set('queue', queue)
      if (pageParam) query.set('after', pageParam)
      return get<LeadPage>(`/console/leads?${query}`, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.after,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === (search ? 'search' : queue) ? previous : undefined,
  })

export const leadQuery = (leadId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'card'],
    queryFn: ({ signal }) => get<LeadCard>(`/console/leads/${leadId}`, signal),
  })

export const threadQuery = (leadId: number) =>
  infiniteQueryOptions({
    queryKey: ['lead', leadId, 'thread'],
    queryFn: ({ pageParam, signal }) =>
      get<Thread>(`/console/leads/${leadId}/thread${pageParam ? `?before=${pageParam}` : ''}`, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
  })

export const turnsQuery = (leadId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'turns'],
    queryFn: ({ signal }) => get<{ turns: TurnTrace[] }>(`/console/leads/${leadId}/turns`, signal),
  })

export const rawTurnQuery = (leadId: number, turnId: number) =>
  queryOptions({
    queryKey: ['lead', leadId, 'raw', turnId],
    queryFn: ({ signal }) => get<Record<string, unknown>>(`/console/leads/${leadId}/turns/${turnId}`, signal),
  })

export const weekQuery = (from: Date, to: Date) =>
  queryOptions({
    queryKey: ['week', from.toISOString()],
    queryFn: ({ signal }) =>
      get<CalendarWeek>(`/console/week?from=${from.toISOString()}&to=${to.toISOString()}`, signal),
    refetchInterval: 60_000,
  })

export const whyNotOfferedQuery = (at: Date, sellerId: string | null) =>
  queryOptions({
    queryKey: ['week', 'why', at.toISOString(), sellerId],
    queryFn: ({ signal }) =>
      get<WhyNotOffered>(
        `/console/week/why?at=${at.toISOString()}${sellerId ? `&sellerId=${sellerId}` : ''}`,
        signal,
      ),
  })

export const numbersQuery = (from: Date, to: Date) =>
  queryOptions({
    queryKey: ['numbers', from.toISOString()],
    queryFn: ({ signal }) =>
      get<Numbers>(`/console/numbers?from=${from.toISOString()}&to=${to.toISOString()}`, signal),
    refetchInterval: 60_000,
  })

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => get<Health>('/console/health', signal),
  refetchInterval: 5000,
})

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ signal }) => get<{ letters: DeadLetter[] }>('/console/dead-letters', signal),
  refetchInterval: 15_000,
})

export const alertsQuery = infiniteQueryOptions({
  queryKey: ['alerts'],
  queryFn: ({ pageParam, signal }) =>
    get<AlertsPage>(`/console/alerts${pageParam ? `?before=${pageParam}` : ''}`, signal),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.before,
  refetchInterval: 5000,
})

export const alertChannelsQuery = queryOptions({
  queryKey: ['alert-channels'],
  queryFn: ({ signal }) => get<AlertChannels>('/console/alert-channels', signal),
})

export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => get<{ filters: Filter[] }>('/console/filters', signal),
})

export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: ({ signal }) => get<{ cases: EvaluationCase[] }>('/console/evaluation-cases', signal),
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    get<AuditLog>(`/console/audit${pageParam ? `?before=${pageParam}` : ''}`, signal),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.before,
  staleTime: 0,
})

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => get<{ people: Person[] }>('/console/people', signal),
})

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => get<{ webhooks: ListedWebhook[] }>('/console/webhooks', signal),
  refetchInterval: 5000,
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => get<{ tokens: ListedToken[] }>('/console/tokens', signal),
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => get<SetUp>('/console/setup', signal),
})

export const businessQuery = queryOptions({
  queryKey: ['business'],
  queryFn: ({ signal }) => get<BusinessText>('/console/business', signal),
  staleTime: 0,
})

export const telegramLoginQuery = (account: string) =>
  queryOptions({
    queryKey: ['telegram-login', account],
    queryFn: ({ signal }) => get<TelegramLogin>(`/console/telegram-login?account=${account}`, signal),
    refetchInterval: 1000,
    staleTime: 0,
  })

export const knowledgeQuery = (text: string) =>
  queryOptions({
    queryKey: ['knowledge', text],
    queryFn: ({ signal }) =>
      get<{ items: FoundItem[] }>(`/console/knowledge?text=${encodeURIComponent(text)}`, signal),
  })

export const playgroundQuery = (id: string) =>
  queryOptions({
    queryKey: ['playground', id],
    queryFn: ({ signal }) => get<PlaygroundTalk>(`/console/playground/${id}`, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'thinking' ? 600 : false),
    staleTime: 0,
  })
