import {
  type CalendarStep,
  type Decision,
  leaseMs as dispatchLeaseMs,
  stepLeaseMs,
  storedDecisionSchema,
  type TurnKind,
  type TurnLease,
  type TurnReport,
} from '@lead/contract'
import type { Queryable } from '../../database/pool.ts'
import { readSql } from '../../database/read-sql.ts'
import type { Lead } from '../../leads/lead.ts'
import type { Hidden } from '../../masking/hide-persons.ts'

const sql = (name: string) => readSql(import.meta.dirname, name)
const statements = {
  schedule: sql('schedule-turn'),
  claim: sql('claim-turns'),
  lock: sql('lock-turn'),
  end: sql('end-turn'),
  putOff: sql('put-off-turn'),
  hold: sql('hold-turn'),
  resume: sql('resume-turns'),
  handedOver: sql('handed-over-turn'),
  wait: sql('wait-turn'),
  hasten: sql('hasten-turn'),
  startDecided: sql('start-decided-turn'),
  takeReport: sql('take-report'),
  lapse: sql('lapse-turns'),
}

export type ClaimedTurn = {
  id: number
  lead_id: number
  kind: TurnKind
  fencing: number
  attempts: number
  decision: Decision | null
  /** Its result is words for the human who has the lead. */
  is_suggestion: boolean
  last_error: string | null
  /** n8n had its last try, and no execution ever said a word about it. */
  was_silent: boolean
}

export type RunningTurn = Omit<ClaimedTurn, 'last_error' | 'was_silent'> & {
  refusals: number
  seen_message_id: number | null
  /** When the messages were read that it thinks about. */
  seen_at: Date | null
  /** What its models read placeholders for; null when nothing was hidden from them. */
  hidden: Hidden | null
  /** What Google was asked for last. */
  calendar_step: CalendarStep | null
}

type LockedRow = Lead &
  Omit<Stored<RunningTurn>, 'id' | 'lead_id'> & { turn_id: number; is_google_away: boolean }

type Stored<Row> = Omit<Row, 'decision'> & { decision: unknown }

/** The one place where the stored decision of a turn becomes a value. */
const withDecision = <Row extends { decision: unknown }>(row: Row) => ({
  ...row,
  decision: storedDecisionSchema.parse(row.decision),
})

/** Makes the lead's pending turn, or moves it. `quietMs` and `longestMs` are the debounce and its cap. */
export async function scheduleTurn(
  db: Queryable,
  turn: { leadId: number; kind: TurnKind; quietMs: number; longestMs: number },
): Promise<void> {
  await db.query({ ...statements.schedule, values: [turn.leadId, turn.kind, turn.quietMs, turn.longestMs] })
}

/** Begins a turn whose decision is there already. @returns its id, or null while another turn of the lead runs */
export async function startDecidedTurn(
  db: Queryable,
  turn: {
    leadId: number
    kind: TurnKind
    decision: Decision
    /** What was taken into account; absent: nothing that the lead said. */
    seen?: { messageId: number | null; at: Date | null }
  },
): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>({
    ...statements.startDecided,
    values: [turn.leadId, turn.kind, turn.decision, turn.seen?.messageId ?? null, turn.seen?.at ?? null],
  })
  return rows[0]?.id ?? null
}

/** Takes the turns that are due, as long as fewer than `most` run; each stays ours for `leaseMs`. */
export async function claimTurns(
  db: Queryable,
  { most, leaseMs, process }: { most: number; leaseMs: number; process: string },
): Promise<ClaimedTurn[]> {
  const { rows } = await db.query<Stored<ClaimedTurn>>({
    ...statements.claim,
    values: [most, leaseMs, process],
  })
  return rows.map(withDecision)
}

/** Says that n8n has the turn now. */
export async function turnIsDispatched(db: Queryable, { turnId, fencing }: TurnLease): Promise<void> {
  await db.query({ ...statements.handedOver, values: [turnId, fencing] })
}

export type Reported = {
  lead_id: number
  is_ours: boolean
  /** The first word of the execution. */
  is_first: boolean
  /** n8n was thought to fail until then. */
  was_away: boolean
}

/**
 * An execution of n8n has reported: while it has the turn, it has it for its next step. Undefined when there is no
 * such turn.
 */
export async function renewLease(
  db: Queryable,
  turnId: number,
  { fencing, executionId, workflowId, n8nProcess }: Omit<TurnReport, 'turnId'>,
): Promise<Reported | undefined> {
  const { rows } = await db.query<Reported>({
    ...statements.takeReport,
    values: [turnId, fencing, executionId ?? null, n8nProcess ?? null, stepLeaseMs, workflowId ?? null],
  })
  return rows[0]
}

/**
 * The leases of n8n's processes that did not come back in their time lapse. `silentMs`: what was given to n8n so long ago, and nobody has
 * spoken of, is taken for theirs. @returns how many turns
 */
export async function lapseTurns(db: Queryable, silentMs: number): Promise<number> {
  const { rowCount } = await db.query({ ...statements.lapse, values: [silentMs, dispatchLeaseMs] })
  return rowCount ?? 0
}

/** Puts a claimed turn back until `runAt`. */
export async function waitWithTurn(
  db: Queryable,
  { turnId, fencing }: TurnLease,
  runAt: Date,
): Promise<void> {
  await db.query({ ...statements.wait, values: [turnId, fencing, runAt] })
}

/** What the lead's pending turn of this kind waited for is there. */
export async function hastenTurn(db: Queryable, leadId: number, kind: TurnKind): Promise<void> {
  await db.query({ ...statements.hasten, values: [leadId, kind] })
}

/** `isGoogleAway`: Google was thought to fail, or nearly so: its next answer is news. */
export type LockedTurn = { turn: RunningTurn; lead: Lead; isGoogleAway: boolean }

/** The running turn of this lease with its lead, both locked for the transaction; undefined when the lease is no longer the newest. */
export async function lockTurn(
  tx: Queryable,
  { turnId, fencing }: TurnLease,
): Promise<LockedTurn | undefined> {
  const { rows } = await tx.query<LockedRow>({ ...statements.lock, values: [turnId, fencing] })
  const [row] = rows
  if (!row) return undefined
  const {
    turn_id,
    kind,
    fencing: newest,
    attempts,
    refusals,
    seen_message_id,
    seen_at,
    decision,
    calendar_step,
    is_suggestion,
    hidden,
    is_google_away: isGoogleAway,
    ...lead
  } = row
  const seen = { seen_message_id, seen_at }
  const turn = { id: turn_id, lead_id: lead.id, kind, fencing: newest, attempts, refusals, ...seen }
  return {
    turn: withDecision({ ...turn, decision, calendar_step, is_suggestion, hidden }),
    lead,
    isGoogleAway,
  }
}

/** Ends the turn. False when the lease is no longer the newest: then nothing changed. */
export async function endTurn(
  db: Queryable,
  { turnId, fencing }: TurnLease,
  state: 'done' | 'superseded' | 'cancelled' | 'failed',
  reason: string | null = null,
): Promise<boolean> {
  const { rowCount } = await db.query({ ...statements.end, values: [turnId, fencing, state, reason] })
  return rowCount === 1
}

/**
 * Gives the turn back: its lease lapses after `delayMs`. `counts`: whether it was a try; one that never reached n8n is none.
 * False when the lease is no longer the newest.
 */
export async function putOffTurn(
  db: Queryable,
  { turnId, fencing }: TurnLease,
  { delayMs, reason, counts }: { delayMs: number; reason: string; counts: boolean },
): Promise<boolean> {
  const { rowCount } = await db.query({
    ...statements.putOff,
    values: [turnId, fencing, delayMs, reason, counts],
  })
  return rowCount === 1
}

/**
 * The turn waits for a service, at most `delayMs`. `uncounted`: how many of its tries were none, this one included. Nothing changes when the
 * lease is no longer the newest.
 */
export async function holdTurn(
  db: Queryable,
  { turnId, fencing }: TurnLease,
  {
    delayMs,
    reason,
    service,
    uncounted = 1,
  }: { delayMs: number; reason: string; service: string; uncounted?: number },
): Promise<void> {
  await db.query({ ...statements.hold, values: [turnId, fencing, delayMs, reason, service, uncounted] })
}

/** What waits for one of these services is due now. @returns how many turns */
export async function resumeTurns(db: Queryable, services: string[]): Promise<number> {
  const { rowCount } = await db.query({ ...statements.resume, values: [services] })
  return rowCount ?? 0
}
