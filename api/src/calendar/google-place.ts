import { z } from 'zod'

/**
 * Where in Google Calendar a request goes: the parts of its path, and its query. The host and the rest of the path are fixed in
 * n8n's nodes, which send the credential along; no id may lead anywhere else.
 */
const placeSchema = z.object({
  calendarId: z.string().regex(/^[^\s/\\?]+@[^\s/\\?]+$/, 'is no address of a calendar'),
  eventId: z
    .string()
    .regex(/^[\w-]+$/, 'is no id of an event')
    .optional(),
  query: z.record(z.string(), z.string()).default({}),
})

export type GooglePlace = z.output<typeof placeSchema>

/** @throws for an id that Google would not give */
export const googlePlace = (place: z.input<typeof placeSchema>): GooglePlace => placeSchema.parse(place)
