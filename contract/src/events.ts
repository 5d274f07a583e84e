import * as z from 'zod'
import { type EventType, eventTypes } from './console-names.ts'
import { instantSchema } from './times.ts'

const leadId = z.number().int()
const meeting = z.object({ leadId, startsAt: instantSchema, endsAt: instantSchema, sellerId: z.string() })

/** What other systems may be told, by type, and what each event says: who and when, never what was talked about. */
export const eventData = {
  /** The assistant's first words have reached the lead. */
  'lead.contacted': z.object({ leadId }),
  /** A human has the lead now; `source`: what it follows from. */
  'lead.handed_off': z.object({ leadId, source: z.string() }),
  'lead.opted_out': z.object({ leadId, source: z.string() }),
  'meeting.booked': meeting,
  'meeting.moved': meeting,
  'meeting.cancelled': meeting,
  'meeting.no_show': meeting,
} satisfies Record<EventType, z.ZodType>

export const eventTypeSchema = z.enum(eventTypes)
export type Event = {
  [Type in EventType]: { type: Type; data: z.infer<(typeof eventData)[Type]> }
}[EventType]
