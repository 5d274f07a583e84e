import { z } from 'zod'
import type { App } from '../../app.ts'
import { listMeetings } from '../../meetings/list-meetings.ts'
import { type Operation, operateMeeting } from '../../meetings/operate-meeting.ts'
import { instant, plainText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

const status = z.enum(['held', 'booking', 'booked', 'cancelled', 'released', 'expired'])
const params = z.object({ id: z.coerce.number().int().positive() })
const started = z.object({ id: z.number(), turnId: z.number() })
const common = { by: plainText(100), tellLead: z.boolean().optional() }
const meetingSchema = z.object({
  id: z.number(),
  leadId: z.number(),
  leadName: z.string(),
  sellerId: z.string(),
  status,
  startsAt: z.date(),
  endsAt: z.date(),
  meetLink: z.string().nullable(),
  googleEventId: z.string(),
  noShowAt: z.date().nullable(),
})
const monthMs = 31 * 86_400_000

/** Meetings as humans see and change them. A change is carried out by n8n, as the assistant's own are. */
export function addMeetings(server: Server, app: App): void {
  server.get(
    '/meetings',
    {
      schema: {
        summary: 'The meetings of a span of time',
        security: [{ token: [] }],
        querystring: z.object({
          from: instant.optional(),
          to: instant.optional(),
          sellerId: z.string().max(40).optional(),
          status: status.optional(),
        }),
        response: { 200: z.object({ meetings: z.array(meetingSchema) }) },
      },
    },
    async ({ query: { from = app.now(), to = new Date(from.getTime() + monthMs), ...filter } }) => ({
      meetings: await listMeetings(app.db, { from, to, ...filter }),
    }),
  )

  const operate = async (operation: Operation) => {
    const answer = await operateMeeting(app, operation)
    if (answer.outcome === 'unknown')
      throw new Problem('unknown-meeting', `There is no meeting ${operation.meetingId}`)
    if (answer.outcome === 'refused') throw new Problem('conflict', answer.reason)
    return { id: operation.meetingId, turnId: answer.turnId }
  }

  server.post(
    '/meetings/:id/move',
    {
      schema: {
        summary: 'A human moves a meeting: stored and held now, carried out at once',
        security: [{ token: [] }],
        params,
        body: z.object({ startsAt: instant, ...common }),
        response: { 202: started },
      },
    },
    async ({ params: { id }, body }, reply) =>
      reply.code(202).send(await operate({ action: 'move', meetingId: id, ...body })),
  )

  server.post(
    '/meetings/:id/cancel',
    {
      schema: {
        summary: 'A human cancels a meeting: carried out at once',
        security: [{ token: [] }],
        params,
        body: z.object(common),
        response: { 202: started },
      },
    },
    async ({ params: { id }, body }, reply) =>
      reply.code(202).send(await operate({ action: 'cancel', meetingId: id, ...body })),
  )
}
