import { z } from 'zod'
import type { App } from '../../app.ts'
import { markNoShow } from '../../bookings/mark-no-show.ts'
import { planSync } from '../../calendar/sync-plan.ts'
import { takeSyncPage } from '../../calendar/take-sync-page.ts'
import { plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server.ts'

/** The calendar as n8n's calendar-sync workflow reads it, and what a human says of a meeting. */
export function addCalendar(server: Server, app: App): void {
  server.post(
    '/calendar/sync/plan',
    { schema: { summary: 'Which requests to Google bring what changed', security: [{ token: [] }] } },
    async () => ({ requests: await planSync(app) }),
  )

  server.post(
    '/calendar/sync/page',
    {
      schema: {
        summary: 'One page of changes, as Google answered',
        security: [{ token: [] }],
        body: z.object({
          calendarId: z.string().min(1),
          status: z.number().int(),
          body: z.unknown().optional(),
        }),
      },
    },
    ({ body }) => takeSyncPage(app, body.calendarId, body),
  )

  server.post(
    '/meetings/:id/no-show',
    {
      schema: {
        summary: 'The lead did not come: the seller writes once',
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
