import {
  googleAnswerSchema,
  modelCallSchema,
  operations,
  proposalSchema,
  stepLeaseMs,
  type TurnReport,
  turnReportSchema,
} from '@lead/contract'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import { takeFacts } from '../../enrichment/enrichment.ts'
import { explainTurn } from '../../console/explain-turn.ts'
import { actOnDecision } from '../../turns/act-on-decision.ts'
import { advanceBooking } from '../../meetings/advance-booking.ts'
import { askedOnce, askOnce } from '../../calendar/ask-once.ts'
import { takeBusyAnswer } from '../../calendar/take-busy-answer.ts'
import { renderHits, searchKnowledge } from '../../knowledge/search-knowledge.ts'
import { renewLease } from '../../turns/engine/engine.ts'
import { completeTurn } from '../../turns/complete-turn.ts'
import { recordModelCall } from '../../models/record-model-call.ts'
import { noteSuccess } from '../../outages/note-success.ts'
import { failTurn } from '../../turns/fail-turn.ts'
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
    '/turns/:id/begin',
    {
      schema: {
        ...step('Before a model is asked: whether the execution has the turn still'),
        body: turnReportSchema,
        response: { 200: operations.begin.answer },
      },
    },
    async ({ params, body }) => ({ isOurs: await takeReport(app, params.id, body) }),
  )

  server.post(
    '/turns/:id/decision',
    {
      schema: {
        ...step('Journal: store what was decided, before any effect'),
        body: turnReportSchema.extend(proposalSchema.shape),
        response: { 200: operations.journal.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return journalDecision(app, { turnId: params.id, fencing: body.fencing }, proposalSchema.parse(body))
    },
  )

  server.post(
    '/turns/:id/busy',
    {
      schema: {
        ...step("Remember Google's busy times"),
        body: turnReportSchema.extend(googleAnswer.shape),
        response: { 200: operations.rememberBusy.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
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
        body: turnReportSchema,
        response: { 200: operations.askBusy.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return askOnce(app, params.id)
    },
  )

  server.post(
    '/turns/:id/knowledge',
    {
      schema: {
        ...step('What may be stated about a question'),
        body: turnReportSchema.extend({ question: clippedText(2000) }),
        response: { 200: operations.lookUp.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return { knowledge: renderHits(await searchKnowledge(app.db, body.question)) }
    },
  )

  server.post(
    '/turns/:id/enrichment',
    {
      schema: {
        ...step('What a look-up found of a lead before the first touch'),
        body: turnReportSchema.extend({ facts: z.unknown() }),
        response: { 200: operations.enrich.answer },
      },
    },
    async ({ params, body }) => {
      const answer = await takeFacts(app, params.id, body.facts)
      if (!answer) throw new Problem('unknown-turn', `There is no turn ${params.id} that asked for facts`)
      return answer
    },
  )

  server.post(
    '/turns/:id/calendar',
    {
      schema: {
        ...step('The next request to Google Calendar'),
        body: turnReportSchema.extend({ answer: googleAnswer.optional() }),
        response: { 200: operations.calendar.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return advanceBooking(app, { turnId: params.id, fencing: body.fencing }, body.answer)
    },
  )

  server.post(
    '/turns/:id/act',
    {
      schema: {
        ...step(
          'The next request to Google Calendar; when there is none, the message and the card are on their way and the turn is done',
        ),
        body: turnReportSchema.extend({ answer: googleAnswer.optional() }),
        response: { 200: operations.act.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return actOnDecision(app, { turnId: params.id, fencing: body.fencing }, body.answer)
    },
  )

  server.post(
    '/turns/:id/complete',
    {
      schema: {
        ...step('End the turn'),
        body: turnReportSchema,
        response: { 200: operations.complete.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      return { done: await completeTurn(app, { turnId: params.id, fencing: body.fencing }) }
    },
  )

  server.post(
    '/turns/:id/model-calls',
    {
      schema: {
        ...step('How a call of a model ended'),
        body: turnReportSchema.extend({
          call: modelCallSchema.extend({ reason: clippedText(500).nullable() }),
        }),
        response: { 200: operations.modelCall.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      await recordModelCall(app, { turnId: params.id, fencing: body.fencing }, body.call)
      return { taken: true as const }
    },
  )

  server.post(
    '/turns/:id/failure',
    {
      schema: {
        ...step('Give the turn back: it is tried again later'),
        body: turnReportSchema.extend({
          reason: clippedText(2000),
          service: z.enum(['models', 'google']).optional(),
        }),
        response: { 200: operations.fail.answer },
      },
    },
    async ({ params, body }) => {
      await knowReport(app, params.id, body)
      await failTurn(app, { turnId: params.id, fencing: body.fencing }, body)
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

/** What an execution said a moment ago need not be written again with each of its steps: the lease that it got then is long enough. */
const fresh = new LRUCache<string, true>({ max: 5000, ttl: Math.floor(stepLeaseMs / 3) })

/**
 * The turn of a report, and the execution that makes it; its first word says that n8n works.
 * @returns whether the execution has the turn
 * @throws Problem unknown-turn
 */
async function takeReport(app: App, id: number, report: Omit<TurnReport, 'turnId'>): Promise<boolean> {
  const taken = await renewLease(app.db, id, report)
  if (!taken) throw new Problem('unknown-turn', `There is no turn ${id}`)
  if (report.executionId && taken.was_away) await noteSuccess(app, app.db, 'n8n')
  if (report.executionId) fresh.set(saidBy(app, id, report), true)
  return taken.is_ours
}

/** The same for a step that looks by itself whether the turn is still the execution's. */
async function knowReport(app: App, id: number, report: Omit<TurnReport, 'turnId'>): Promise<void> {
  if (!fresh.has(saidBy(app, id, report))) await takeReport(app, id, report)
}

const saidBy = (app: App, id: number, { fencing, executionId, n8nProcess }: Omit<TurnReport, 'turnId'>) =>
  [app.process, id, fencing, executionId, n8nProcess].join(' ')
