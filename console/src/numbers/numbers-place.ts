import { getRouteApi } from '@tanstack/react-router'
import { numbersQuery } from '../api/queries.ts'
import { dayKey } from '../texts/times.ts'
import { addDays } from '../texts/zoned.ts'

export const lengths = [7, 30, 90] as const
/** The API reads no more at once. */
const mostDays = 400
const usualDays = 30

/** What the numbers are of; it stands in the address. Days are the reader's own, both of them counted. */
export type NumbersSearch = {
  /** The last so many days; absent: 30, or the days below. */
  days?: 7 | 90
  from?: string
  to?: string
  /** Of the leads from there only; '': of those whose card says nothing of it. */
  source?: string
}

export function readNumbersSearch({ days, from, to, source }: Record<string, unknown>): NumbersSearch {
  const ofSource = typeof source === 'string' || typeof source === 'number' ? { source: String(source) } : {}
  if (isDay(from) && isDay(to)) return { ...inOrder(from, to), ...ofSource }
  const length = days === 7 || days === 90 ? { days } : {}
  return { ...length, ...ofSource } as NumbersSearch
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false
  const read = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value)
}

/** The earlier one first, and no longer than can be read: then it is the end that stays. */
function inOrder(one: string, other: string): { from: string; to: string } {
  const [from, to] = one <= other ? [one, other] : [other, one]
  const earliest = addDays(to, 1 - mostDays)
  return { from: from < earliest ? earliest : from, to }
}

/** The first and the last day of what is asked for. */
export function daysOf({ days = usualDays, from, to }: { days?: number; from?: string; to?: string }) {
  if (from && to) return { first: from, last: to }
  const today = dayKey(new Date())
  return { first: addDays(today, 1 - days), last: today }
}

const hourMs = 3_600_000

/** From midnight to midnight of the reader; of a day that goes on to a whole hour, so that coming back finds what was read before. */
function spanOf(first: string, last: string): [from: Date, to: Date] {
  const midnight = (day: string) => new Date(`${day}T00:00:00`)
  const end = midnight(addDays(last, 1)).getTime()
  const soon = Math.ceil(Date.now() / hourMs) * hourMs
  const from = midnight(first)
  return [from, new Date(from.getTime() < soon ? Math.min(end, soon) : end)]
}

/** What the API is asked for. */
export function numbersOf(search: NumbersSearch) {
  const { first, last } = daysOf(search)
  const [from, to] = spanOf(first, last)
  return numbersQuery(from, to, search.source)
}

const route = getRouteApi('/in/app/numbers')

/** What the numbers are of, and how to ask for others; undefined takes a part away. */
export function useNumbersPlace() {
  // The router lets through what was not read, too.
  const search = readNumbersSearch(route.useSearch())
  const navigate = route.useNavigate()
  return {
    search,
    go: (change: { [Name in keyof NumbersSearch]: NumbersSearch[Name] | undefined }) =>
      void navigate({ search: (before) => readNumbersSearch({ ...before, ...change }), replace: true }),
  }
}

export type NumbersPlace = ReturnType<typeof useNumbersPlace>
