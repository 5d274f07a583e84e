import { calendarWeekSchema, whyNotOfferedSchema, wordsToLeadSchema } from '@lead/contract/console'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { readWeek } from '../../console/read-week.ts'
import { whyNotOffered } from '../../console/why-not-offered.ts'
import { scopeOf } from '../../console/visible-lead.ts'
import { wordsOfOperation } from '../../console/words-of-operation.ts'
import { markNoShow } from '../../meetings/mark-no-show.ts'
import { type Operation, operateMeeting } from '../../meetings/operate-meeting.ts'
import { instant } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, isDone, meetingParams } from './describe-route.ts'
import { userOf } from './guard.ts'
import { checkSpan, spanSchema } from './span.ts'

const mostDays = 45

/** The sellers' calendars, and what a person changes in them. */
export function addWeek(server: Server, app: App): void {
  server.get(
    '/console/week',
    {
      schema: {
        ...forPeople("The sellers' meetings, holds and busy times of a span of time"),
        querystring: spanSchema,
        response: { 200: calendarWeekSchema },
      },
    },
    async (request) => readWeek(app, scopeOf(app, userOf(request)), checkSpan(request.query, mostDays)),
  )

  server.get(
    '/console/week/why',
    {
      schema: {
        ...forPeople('Why no meeting may begin at an instant, of each seller; null: it may'),
        querystring: z.object({ at: instant, sellerId: z.string().max(40).optional() }),
        response: { 200: whyNotOfferedSchema },
      },
    },
    async (request) => whyNotOffered(app, scopeOf(app, userOf(request)), request.query),
  )

  server.get(
    '/console/meetings/:meetingId/words',
    {
      schema: {
        ...forPeople('What the lead would be told of a change of their meeting; nothing is changed'),
        params: meetingParams,
        querystring: z.object({ action: z.enum(['move', 'cancel']), startsAt: instant.optional() }),
        response: { 200: wordsToLeadSchema },
      },
    },
    async (request) => {
      const { meetingId } = request.params
      const { action, startsAt } = request.query
      if (action === 'move' && !startsAt)
        throw new Problem('invalid-request', '`startsAt` is needed to move a meeting', [
          { field: 'startsAt', detail: 'is needed' },
        ])
      const words = await wordsOfOperation(
        app,
        startsAt && action === 'move' ? { meetingId, action, startsAt } : { meetingId, action: 'cancel' },
      )
      if (!words) throw new Problem('unknown-meeting', `There is no meeting ${meetingId}`)
      return words
    },
  )

  const operate = async (operation: Operation) => {
    const answer = await operateMeeting(app, operation)
    if (answer.outcome === 'unknown')
      throw new Problem('unknown-meeting', `There is no meeting ${operation.meetingId}`)
    if (answer.outcome === 'refused') throw new Problem('conflict', answer.reason)
    return { turnId: answer.turnId }
  }
  const started = { 202: z.object({ turnId: z.number() }) }
  const tellLead = z.boolean().optional()

  server.post(
    '/console/meetings/:meetingId/move',
    {
      schema: {
        ...forPeople('Moves a meeting: the new time is held now, Google is asked at once'),
        params: meetingParams,
        body: z.object({ startsAt: instant, tellLead }),
        response: started,
      },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const by = userOf(request).name
      return reply.code(202).send(await operate({ action: 'move', meetingId, by, ...request.body }))
    },
  )

  server.post(
    '/console/meetings/:meetingId/cancel',
    {
      schema: {
        ...forPeople('Cancels a meeting'),
        params: meetingParams,
        body: z.object({ tellLead }),
        response: started,
      },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const by = userOf(request).name
      return reply.code(202).send(await operate({ action: 'cancel', meetingId, by, ...request.body }))
    },
  )

  server.post(
    '/console/meetings/:meetingId/no-show',
    {
      schema: {
        ...forPeople('The lead did not come: the assistant writes once'),
        params: meetingParams,
        response: { 200: done },
      },
    },
    async (request) => {
      if (!(await markNoShow(app, request.params.meetingId, userOf(request).name)))
        throw new Problem('conflict', 'The meeting was not booked, has not begun, or is marked already')
      return isDone
    },
  )
}
