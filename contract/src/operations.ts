import * as z from 'zod'
import {
  type CalendarAnswer,
  calendarAnswerSchema,
  calendarStepNames,
  googlePlaceSchema,
} from './calendar-steps.ts'
import { enrichAnswerSchema } from './enrichment.ts'
import { busyAgain, busySchema } from './times.ts'
import { turnSchema } from './turn.ts'

/** Whether a decision was stored. */
export const journalAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted') }),
  /** Nothing is to be sent: a newer message, an opt-out, a human, or another execution has the turn. */
  z.object({ outcome: z.literal('superseded'), reason: z.string() }),
  /** Think once more: the time was just taken, or the text may not be sent. */
  z.object({ outcome: z.literal('again'), problem: z.string(), ...busyAgain }),
])
export type JournalAnswer = z.infer<typeof journalAnswerSchema>

/** Whether the execution that begins to think has the turn still; if not, another one thinks. */
export const beginAnswerSchema = z.object({ isOurs: z.boolean() })

export const askBusyAnswerSchema = z.object({ busy: busySchema.nullable(), ask: z.boolean() })
export const busyAnswerSchema = z.object({ busy: busySchema.nullable() })

/** What may be stated about a question, as the sales step reads it: a line each, with the id that a sentence of it must name. */
export const lookUpAnswerSchema = z.object({ knowledge: z.string() })

/** What came of putting an effect of a turn on its way. */
export const queuedSchema = z.object({
  outcome: z.enum(['queued', 'superseded']),
  outboxIds: z.array(z.number()),
})

/** `meetingId`: not a page of changes but one event of ours, to be found out about. */
export const syncRequestSchema = googlePlaceSchema.extend({ meetingId: z.number().int().optional() })
export type SyncRequest = z.infer<typeof syncRequestSchema>
export const syncPlanSchema = z.object({ requests: z.array(syncRequestSchema) })
export const syncAnswerSchema = z.discriminatedUnion('next', [
  z.object({ next: z.literal('more'), request: syncRequestSchema }),
  z.object({ next: z.literal('done') }),
])
export type SyncAnswer = z.infer<typeof syncAnswerSchema>

type OperationRules = {
  /** `{turn}` is the id of the turn, `{rehearsal}` the name of an example. */
  path: string
  /** Whether it acts for one turn: then it carries the turn's id and fencing number. */
  ofTurn: boolean
  answer: z.ZodType<Record<string, unknown>>
}

/** The reports that n8n makes to the API: where each goes, and what comes back. */
export const operations = {
  begin: { path: '/turns/{turn}/begin', ofTurn: true, answer: beginAnswerSchema },
  journal: { path: '/turns/{turn}/decision', ofTurn: true, answer: journalAnswerSchema },
  askBusy: { path: '/turns/{turn}/busy/ask', ofTurn: true, answer: askBusyAnswerSchema },
  rememberBusy: { path: '/turns/{turn}/busy', ofTurn: true, answer: busyAnswerSchema },
  lookUp: { path: '/turns/{turn}/knowledge', ofTurn: true, answer: lookUpAnswerSchema },
  enrich: { path: '/turns/{turn}/enrichment', ofTurn: true, answer: enrichAnswerSchema },
  calendar: { path: '/turns/{turn}/calendar', ofTurn: true, answer: calendarAnswerSchema },
  act: { path: '/turns/{turn}/act', ofTurn: true, answer: calendarAnswerSchema },
  modelCall: {
    path: '/turns/{turn}/model-calls',
    ofTurn: true,
    answer: z.object({ taken: z.literal(true) }),
  },
  send: { path: '/telegram/userbot', ofTurn: true, answer: queuedSchema },
  updateCrm: { path: '/amocrm/update', ofTurn: true, answer: queuedSchema },
  complete: { path: '/turns/{turn}/complete', ofTurn: true, answer: z.object({ done: z.boolean() }) },
  fail: { path: '/turns/{turn}/failure', ofTurn: true, answer: z.object({ taken: z.literal(true) }) },
  planSync: { path: '/calendar/sync/plan', ofTurn: false, answer: syncPlanSchema },
  takeSyncPage: { path: '/calendar/sync/page', ofTurn: false, answer: syncAnswerSchema },
  rehearse: { path: '/rehearsals/{rehearsal}', ofTurn: false, answer: z.object({ body: turnSchema }) },
  reportError: { path: '/n8n/errors', ofTurn: false, answer: z.object({ taken: z.literal(true) }) },
} as const satisfies Record<string, OperationRules>

export type Operation = keyof typeof operations
export const operationNames = Object.keys(operations) as [Operation, ...Operation[]]
export const operationSchema = z.enum(operationNames)

/** The ways out of a step whose answer says how it goes on, in their order on the canvas. What takes none of them ends there. */
const waysOut = {
  askBusy: ['ask', 'known'],
  journal: ['accepted', 'again', 'superseded'] satisfies JournalAnswer['outcome'][],
  act: [...calendarStepNames, 'done', 'again'] satisfies CalendarAnswer['next'][],
}
type BranchingOperation = keyof typeof waysOut
export const branchingOperations = Object.keys(waysOut) as BranchingOperation[]
export const waysOutOf = (operation: BranchingOperation): readonly string[] => waysOut[operation]

/** What a report carries besides its turn. The API checks it field by field. */
export const reportDataSchema = z.record(z.string(), z.unknown())
