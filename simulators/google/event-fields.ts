import { z } from 'zod'
import { invalid, required } from './errors.ts'

const time = z.object({
  date: z.string().optional(),
  dateTime: z.string().optional(),
  timeZone: z.string().optional(),
})

const attendee = z.object({
  email: z.string(),
  displayName: z.string().optional(),
  optional: z.boolean().optional(),
  resource: z.boolean().optional(),
  responseStatus: z.enum(['needsAction', 'declined', 'tentative', 'accepted']).default('needsAction'),
  comment: z.string().optional(),
  additionalGuests: z.number().int().min(0).optional(),
})

const reminders = z.object({
  useDefault: z.boolean().default(true),
  overrides: z
    .array(z.object({ method: z.enum(['popup', 'email']), minutes: z.number().int().min(0).max(40_320) }))
    .max(5)
    .optional(),
})

// Google drops keys that are too long and cuts values that are too long, without an error.
const properties = z.record(z.string(), z.string()).transform((all) =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.length <= 44)
      .map(([key, value]) => [key, value.slice(0, 1024)]),
  ),
)

const object = z.record(z.string(), z.unknown())

/** What a client may write and Google gives back as it was written. */
const plain = {
  summary: z.string().optional(),
  description: z.string().max(8192).optional(),
  location: z.string().optional(),
  colorId: z.string().optional(),
  transparency: z.enum(['opaque', 'transparent']).optional(),
  visibility: z.enum(['default', 'public', 'private', 'confidential']).optional(),
  recurrence: z.array(z.string()).optional(),
  attendees: z.array(attendee).optional(),
  reminders: reminders.optional(),
  extendedProperties: z.object({ private: properties.optional(), shared: properties.optional() }).optional(),
  source: z.object({ title: z.string(), url: z.string() }).optional(),
  guestsCanModify: z.boolean().optional(),
  guestsCanInviteOthers: z.boolean().optional(),
  guestsCanSeeOtherGuests: z.boolean().optional(),
  anyoneCanAddSelf: z.boolean().optional(),
  eventType: z
    .enum(['default', 'outOfOffice', 'focusTime', 'workingLocation', 'birthday', 'fromGmail'])
    .default('default'),
  outOfOfficeProperties: object.optional(),
  focusTimeProperties: object.optional(),
  workingLocationProperties: object.optional(),
}

const fields = z.object(plain)
const body = z.object({
  ...plain,
  id: z.string().optional(),
  iCalUID: z.string().optional(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).optional(),
  start: time.optional(),
  end: time.optional(),
  conferenceData: z
    .object({
      createRequest: z
        .object({
          requestId: z.string().min(1),
          conferenceSolutionKey: z.object({ type: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
})

export type EventFields = z.output<typeof fields>
export type EventBody = z.output<typeof body>

/** Splits off what is stored as it came. */
export const plainFields = (event: EventFields): EventFields => fields.parse(event)

/** The body of insert, update or (merged before) patch. Unknown fields are ignored, as Google does. @throws GoogleError */
export function parseEventBody(input: unknown): EventBody & { start: object; end: object } {
  const result = body.safeParse(mergePatch({}, input ?? {}))
  if (!result.success) {
    const issue = result.error.issues[0]!
    throw invalid(`Invalid value for ${issue.path.join('.') || 'the event'}: ${issue.message}`)
  }
  const { start, end, attendees } = result.data
  if (!start) throw required('Missing start time.')
  if (!end) throw required('Missing end time.')
  if (attendees?.some(({ email }) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)))
    throw invalid('Invalid attendee email.')
  return { ...result.data, start, end }
}

/** JSON merge patch: objects are merged, `null` removes, everything else (arrays too) replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  }
  return result
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
