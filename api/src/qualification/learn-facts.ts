import type { FactName, Facts } from '@lead/contract'
import type { Queryable } from '../database/pool.ts'
import { entriesOf } from '../text/entries-of.ts'
import { type Found, findWords } from './find-words.ts'

export type FactSource = 'said' | 'card'

/** A fact as it was learned; `replacedAt` null: it still stands. */
export type LearnedFact = {
  name: FactName
  value: string
  sentence: string | null
  messageId: number | null
  source: FactSource
  at: Date
  replacedAt: Date | null
}

/** How far back a model may quote from, in messages of the lead. */
const mostMessages = 30

/**
 * The one writer of what is known of a lead's case. What the lead says has to stand in a message of theirs: what does not was made up, and is
 * not kept. A new value takes the place of the old one, which stays visible.
 * @returns the names of those that stand nowhere
 */
export async function learnFacts(
  tx: Queryable,
  leadId: number,
  facts: Facts,
  source: FactSource,
): Promise<FactName[]> {
  const given = entriesOf(facts).flatMap(([name, value]) => (value ? [{ name, value }] : []))
  if (given.length === 0) return []
  const messages = source === 'said' ? await readMessages(tx, leadId) : []
  const judged = given.map((fact) => ({
    ...fact,
    found: source === 'said' ? findWords(fact.value, messages) : null,
  }))
  const kept = source === 'said' ? judged.filter(({ found }) => found !== null) : judged
  for (const fact of kept) await keep(tx, leadId, { ...fact, source })
  if (kept.length > 0)
    await tx.query('update leads set facts = facts || $2::jsonb, updated_at = now() where id = $1', [
      leadId,
      Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    ])
  return judged.filter((fact) => !kept.includes(fact)).map(({ name }) => name)
}

async function readMessages(tx: Queryable, leadId: number): Promise<{ id: number; text: string }[]> {
  const { rows } = await tx.query<{ id: number; text: string }>(
    `select id, text from messages where lead_id = $1 and direction = 'in' and deleted_at is null order by id desc limit $2`,
    [leadId, mostMessages],
  )
  return rows.toReversed()
}

/** The same words again change nothing. */
async function keep(
  tx: Queryable,
  leadId: number,
  { name, value, found, source }: { name: FactName; value: string; found: Found | null; source: FactSource },
): Promise<void> {
  const { rowCount } = await tx.query(
    `select from lead_facts where lead_id = $1 and name = $2 and replaced_at is null and lower(value) = lower($3)`,
    [leadId, name, value],
  )
  if (rowCount) return
  await tx.query(
    'update lead_facts set replaced_at = now() where lead_id = $1 and name = $2 and replaced_at is null',
    [leadId, name],
  )
  await tx.query(
    `insert into lead_facts (lead_id, name, value, sentence, message_id, source) values ($1, $2, $3, $4, $5, $6)`,
    [leadId, name, value, found?.sentence ?? null, found?.messageId ?? null, source],
  )
}

/** What was learned, oldest first. */
export async function readFacts(db: Queryable, leadId: number): Promise<LearnedFact[]> {
  const { rows } = await db.query<LearnedFact>(
    `select name, value, sentence, message_id as "messageId", source, learned_at as at, replaced_at as "replacedAt"
     from lead_facts where lead_id = $1 order by id desc limit 100`,
    [leadId],
  )
  return rows.toReversed()
}

/** Whether these words stand in a message of the lead. */
export const saidByLead = async (tx: Queryable, leadId: number, words: string): Promise<boolean> =>
  findWords(words, await readMessages(tx, leadId)) !== null
