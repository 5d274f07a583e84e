import { googleAnswerSchema, operations, proposalSchema, turnLeaseSchema } from '@lead/contract'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { explainTurn } from '../../console/explain-turn.ts'
import { advanceBooking } from '../../meetings/advance-booking.ts'
import { askedOnce, askOnce } from '../../calendar/ask-once.ts'
import { loseCalendar } from '../../calendar/calendar-access.ts'
import { isDeadCredential } from '../../calendar/judge-trouble.ts'
import { takeBusyAnswer } from '../../calendar/take-busy-answer.ts'
import { completeTurn } from '../../turns/complete-turn.ts'
import { giveBackTurn } from '../../turns/give-back-turn.ts'
import { journalDecision } from '../../turns/journal-decision.ts'
import { clippedText } from '../plain-text.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'

/** Of an error that n8n reports as much is kept as fits. */
export const googleAnswer = googleAnswerSchema.extend({ error: clippedText(2000).optional() })

/** The steps of the turn protocol, called by n8n. See docs/architecture.md. */
export function addTurns(server: Server, app: App): void {
  const step = (summary: string) => ({
    summary,
    security: [{ token: [] }],
    params: z.object({ id: z.coerce.number().int().positive() }),
  })

  server.get(
    '/turns/:id/trace',
    {
      schema: step(
        'Why a turn did what it did: what came in, labels, facts, knowledge, times, refusals, decision, effects, calls of models',
      ),
    },
    async ({ params }) => {
      const trace = await explainTurn(app.db, params.id)
      if (!trace) throw new Problem('unknown-turn', `There is no turn ${params.id}`)
      return trace
    },
  )

  server.post(
    '/turns/:id/decision',
    {
      schema: {
        ...step('Journal: store what was decided, before any effect'),
        body: turnLeaseSchema.extend(proposalSchema.shape),
        response: { 200: operations.journal.answer },
      },
    },
    async ({ params, body }) => {
      await turnOr404(app, params.id)
      const { turnId: _turnId, fencing, ...proposal } = body
      return journalDecision(app, { turnId: params.id, fencing }, proposal)
    },
  )

  server.post(
    '/turns/:id/busy',
    {
      schema: {
        ...step("Remember Google's busy times"),
        body: turnLeaseSchema.extend(googleAnswer.shape),
        response: { 200: operations.rememberBusy.answer },
      },
    },
    async ({ params, body }) => {
      await turnOr404(app, params.id)
      const busy = await takeBusyAnswer(app, body)
      await askedOnce(app, params.id)
      return { busy }
    },
  )

  server.post(
    '/turns/:id/busy/ask',
    {
      schema: {
        ...step('Busy times that are known by now, or whether to ask Google'),
        body: turnLeaseSchema,
        response: { 200: operations.askBusy.answer },
      },
    },
    async ({ params }) => {
      await turnOr404(app, params.id)
      return askOnce(app, params.id)
    },
  )

  server.post(
    '/turns/:id/calendar',
    {
      schema: {
        ...step('The next request to Google Calendar'),
        body: turnLeaseSchema.extend({ answer: googleAnswer.optional() }),
        response: { 200: operations.calendar.answer },
      },
    },
    async ({ params, body }) => {
      await turnOr404(app, params.id)
      return advanceBooking(app, { turnId: params.id, fencing: body.fencing }, body.answer)
    },
  )

  server.post(
    '/turns/:id/complete',
    {
      schema: {
        ...step('End the turn'),
        body: turnLeaseSchema,
        response: { 200: operations.complete.answer },
      },
    },
    async ({ params, body }) => {
      await turnOr404(app, params.id)
      return { done: await completeTurn(app, { turnId: params.id, fencing: body.fencing }) }
    },
  )

  server.post(
    '/turns/:id/failure',
    {
      schema: {
        ...step('Give the turn back: it is tried again later'),
        body: turnLeaseSchema.extend({ reason: clippedText(2000), of: z.enum(['google']).optional() }),
        response: { 200: operations.fail.answer },
      },
    },
    async ({ params, body }) => {
      await turnOr404(app, params.id)
      // Only of the node that asked Google: other reasons may quote what people and models wrote.
      const isLost = body.of === 'google' && isDeadCredential(body.reason)
      if (isLost) await loseCalendar(app, app.db, { by: 'credential', calendarId: '', reason: body.reason })
      if (body.of === 'google') await askedOnce(app, params.id)
      await giveBackTurn(
        app,
        { turnId: params.id, fencing: body.fencing },
        body.reason,
        isLost ? 500 : undefined,
      )
      return { taken: true as const }
    },
  )

  server.post(
    '/n8n/errors',
    {
      schema: {
        summary: 'An n8n execution died',
        security: [{ token: [] }],
        body: z.object({
          workflow: clippedText(200).nullish(),
          /** `manual`: somebody tried the errors workflow; n8n's example is no error of ours. */
          mode: clippedText(40).nullish(),
          execution: z.object({
            id: clippedText(100).nullish(),
            lastNode: clippedText(200).nullish(),
            message: clippedText(2000).nullish(),
          }),
        }),
        response: { 200: operations.reportError.answer },
      },
    },
    async ({ body }) => {
      if (body.mode === 'manual') return { taken: true as const }
      app.log.error({ n8n: body }, 'An n8n execution died')
      await audit(app.db, { actor: 'n8n', action: 'execution.failed', details: body })
      return { taken: true as const }
    },
  )
}

async function turnOr404(app: App, id: number): Promise<void> {
  const { rowCount } = await app.db.query('select from turns where id = $1', [id])
  if (!rowCount) throw new Problem('unknown-turn', `There is no turn ${id}`)
}
