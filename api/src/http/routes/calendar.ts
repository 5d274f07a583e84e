import { syncAnswerSchema, syncPlanSchema } from '@lead/contract'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { markNoShow } from '../../meetings/mark-no-show.ts'
import { resolveBooking } from '../../meetings/resolve-booking.ts'
import { calendarStates } from '../../calendar/calendar-states.ts'
import { planSync } from '../../calendar/sync-plan.ts'
import { takeSyncPage } from '../../calendar/take-sync-page.ts'
import { noteBeat } from '../../turns/worker-beat.ts'
import { limits } from '../limits.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { googleAnswer } from './turns.ts'

const calendarSchema = z.object({
  sellerId: z.string(),
  calendarId: z.string(),
  connected: z.boolean(),
  disconnectedAt: z.date().nullable(),
  reason: z.string().nullable(),
  syncedAt: z.date().nullable(),
})

/** The calendar as n8n's calendar-sync workflow reads it, and what a human says of a meeting. */
export function addCalendar(server: Server, app: App): void {
  server.post(
    '/calendar/sync/plan',
    {
      schema: {
        summary: 'Which requests to Google bring what changed',
        security: [{ token: [] }],
        body: z.object({ n8nProcess: z.uuid().nullish() }).nullish(),
        response: { 200: syncPlanSchema },
      },
    },
    async ({ body }) => {
      // Without it no meeting is lost.
      if (body?.n8nProcess)
        await noteBeat(app, body.n8nProcess).catch((error: unknown) =>
          app.log.warn({ err: error }, 'That executions of n8n run was not noted'),
        )
      return { requests: await planSync(app) }
    },
  )

  server.post(
    '/calendar/sync/page',
    {
      bodyLimit: limits.googlePageBytes,
      schema: {
        summary: 'One page of changes, or one event of ours, as Google answered',
        security: [{ token: [] }],
        body: z.object({
          calendarId: z.string().min(1).max(300),
          meetingId: z.number().int().positive().nullish(),
          ...googleAnswer.shape,
        }),
        response: { 200: syncAnswerSchema },
      },
    },
    async ({ body }) => {
      if (!body.meetingId) return takeSyncPage(app, body.calendarId, body)
      await resolveBooking(app, body.meetingId, body)
      return { next: 'done' as const }
    },
  )

  server.get(
    '/calendars',
    {
      schema: {
        summary: "The sellers' calendars, and whether Google lets us read and write them",
        security: [{ token: [] }],
        response: { 200: z.object({ calendars: z.array(calendarSchema) }) },
      },
    },
    async () => ({ calendars: await calendarStates(app) }),
  )

  server.post(
    '/meetings/:id/no-show',
    {
      schema: {
        summary: 'The lead did not come: the assistant writes once',
        security: [{ token: [] }],
        params: z.object({ id: z.coerce.number().int().positive() }),
        body: z.object({ by: plainText(100) }),
        response: { 200: z.object({ id: z.number(), marked: z.literal(true) }) },
      },
    },
    async ({ params, body }) => {
      if (!(await markNoShow(app, params.id, body.by))) {
        throw new Problem(
          'conflict',
          `Meeting ${params.id} is not one that was booked, has begun and is not marked yet`,
        )
      }
      return { id: params.id, marked: true as const }
    },
  )
}
