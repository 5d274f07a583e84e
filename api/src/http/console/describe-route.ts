import { z } from 'zod'

/** Either of them opens it. */
const security: Record<string, string[]>[] = [{ session: [] }, { key: [] }]

/** What the description says of a route for people who are signed in, and for their programs. */
export const forPeople = (summary: string) => ({ summary, tags: ['console'], security })

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const leadParams = z.object({ leadId: id })
export const meetingParams = z.object({ meetingId: id })
export const idParam = id
export const done = z.object({ done: z.literal(true) })
export const isDone = { done: true as const }
