import { useInfiniteQuery } from '@tanstack/react-query'
import { alertsQuery } from '../api/queries.ts'

/** How many alerts nobody has seen yet. */
export const useOpenAlerts = (): number => useInfiniteQuery(alertsQuery).data?.pages[0]?.open ?? 0
