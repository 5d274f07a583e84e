import { type Decision, storedDecisionSchema, type TurnKind } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import type { RunningTurn } from '../turns/engine/engine.ts'

export type DraftKind = 'approval' | 'suggestion'
export type Draft = {
  id: number
  lead_id: number
  turn_id: number
  kind: DraftKind
  turn_kind: TurnKind
  decision: Decision
  seen_message_id: number | null
  seen_at: Date | null
  created_at: Date
}

/** Keeps what a turn decided until a human lets it through. The lead is locked by the caller; an older draft makes room. */
export async function keepDraft(
  tx: Queryable,
  turn: RunningTurn,
  { kind, decision }: { kind: DraftKind; decision: Decision },
): Promise<void> {
  await dropDrafts(tx, turn.lead_id, 'the assistant thought anew')
  await tx.query(
    `insert into drafts (lead_id, turn_id, kind, turn_kind, decision, seen_message_id, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [turn.lead_id, turn.id, kind, turn.kind, decision, turn.seen_message_id, turn.seen_at],
  )
}

/** What waited is outdated: nothing of it is said. */
export async function dropDrafts(tx: Queryable, leadId: number, reason: string): Promise<void> {
  await tx.query(
    `update drafts set state = 'superseded', decided_at = now(), reason = $2 where lead_id = $1 and state = 'waiting'`,
    [leadId, reason],
  )
}

/** The draft of a lead that waits; null when there is none. A decision that cannot be read any more is none. */
export async function waitingDraft(db: Queryable, leadId: number): Promise<Draft | null> {
  const { rows } = await db.query<Omit<Draft, 'decision'> & { decision: unknown }>(
    `select id, lead_id, turn_id, kind, turn_kind, decision, seen_message_id, seen_at, created_at
     from drafts where lead_id = $1 and state = 'waiting'`,
    [leadId],
  )
  const [row] = rows
  const decision = row && storedDecisionSchema.parse(row.decision)
  return row && decision ? { ...row, decision } : null
}
