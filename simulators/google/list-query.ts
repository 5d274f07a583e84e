import { z } from 'zod'
import { badRequest, invalid, rangeEmpty, updatedMinTooLongAgo } from './errors.ts'
import { isZone, parseBound } from './times.ts'

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([])
const flag = z.enum(['true', 'false']).optional()
const bound = z.string().transform(parseBound).optional()

const schema = z.object({
  timeMin: bound,
  timeMax: bound,
  updatedMin: bound,
  singleEvents: flag,
  showDeleted: flag,
  orderBy: z.enum(['startTime', 'updated']).optional(),
  maxResults: z.coerce.number().int().min(1).default(250),
  pageToken: z.string().optional(),
  syncToken: z.string().optional(),
  q: z.string().optional(),
  iCalUID: z.string().optional(),
  eventTypes: many,
  privateExtendedProperty: many,
  sharedExtendedProperty: many,
  timeZone: z.string().refine(isZone, 'unknown zone').optional(),
})

export type ListQuery = z.output<typeof schema>

/** Google does not answer these together with a sync token, and gives no sync token for them. */
const notWithSync = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'updatedMin',
] as const

const isGiven = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)

export const givesSyncToken = (query: ListQuery) => notWithSync.every((key) => !isGiven(query[key]))

/** The query of events.list or instances; times in milliseconds since the epoch. @throws GoogleError */
export function parseListQuery(input: unknown): ListQuery {
  const result = schema.safeParse(input)
  if (!result.success)
    throw invalid(`Invalid value for parameter ${String(result.error.issues[0]!.path[0])}.`)
  const query = result.data
  const { timeMin, timeMax, updatedMin } = query
  if (query.orderBy === 'startTime' && query.singleEvents !== 'true')
    throw badRequest('The requested ordering is not available for the particular query.')
  if (timeMin !== undefined && timeMax !== undefined && timeMax <= timeMin) throw rangeEmpty('timeMax')
  if (updatedMin !== undefined && updatedMin < Date.now() - 30 * 86_400_000) throw updatedMinTooLongAgo()
  if (query.syncToken !== undefined) {
    const together = [...notWithSync, 'timeMin', 'timeMax'] as const
    const clash = together.find((key) => isGiven(query[key]))
    if (clash || query.showDeleted === 'false')
      throw badRequest(`${clash ?? 'showDeleted=false'} cannot be used with a sync token.`)
  }
  return query
}
