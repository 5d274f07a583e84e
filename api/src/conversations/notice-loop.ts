import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import { setControl } from '../leads/set-control.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { isNearSame, isSentence } from './near-same.ts'

/**
 * Ends a conversation with a machine before it becomes one: the same words again and again, or many answers that lead nowhere. The
 * assistant falls silent and a human gets one task. After repeated words it goes on by itself when the lead writes clearly different
 * ones; after a talk in circles only a person gives it back.
 * @returns whether this message is to be left without an answer
 */
export async function noticeLoop(
  app: Ports<'business'>,
  tx: PoolClient,
  { id: leadId, control, control_source: source }: Pick<Lead, 'id' | 'control' | 'control_source'>,
  { messageId, text }: { messageId: number; text: string },
): Promise<boolean> {
  const { sameTexts, exchanges, withinMin } = app.business.loops
  const isPaused = control === 'paused' && source === 'loop'
  if (control !== 'ai' && !isPaused) return false
  const lines = await earlierLines(tx, leadId, messageId)
  if (isPaused) {
    const theirs = lines.filter(({ direction }) => direction === 'in').slice(-2 * sameTexts)
    if (theirs.some((line) => isNearSame(line.text, text))) return true
    const reason = 'the lead writes something else'
    await setControl(tx, leadId, { control: 'ai', source: 'loop', by: 'system', reason })
    return false
  }
  const same =
    1 + lines.filter((line, index) => isFirstWord(lines, index) && isNearSame(line.text, text)).length
  const language = app.business.language
  if (isSentence(text) && lines.at(-1)?.direction === 'out' && same >= sameTexts) {
    const told = texts[language].task.sameWords({ count: same, text: text.slice(0, 120) })
    await fallSilent(tx, leadId, messageId, { control: 'paused', told })
    return true
  }
  const idle = await answersWithoutProgress(tx, leadId, withinMin)
  if (idle < exchanges) return false
  const told = texts[language].task.circles({ count: idle, minutes: withinMin })
  await fallSilent(tx, leadId, messageId, { control: 'human', told })
  return true
}

type Line = { direction: 'in' | 'out'; text: string }

/** Oldest first. */
async function earlierLines(tx: PoolClient, leadId: number, messageId: number): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `select direction, text from messages where lead_id = $1 and id < $2 and kind <> 'reaction' order by id desc limit 40`,
    [leadId, messageId],
  )
  return rows.toReversed()
}

/** A machine answers each message of ours; who repeats a question before we answered is only in a hurry. */
const isFirstWord = (lines: Line[], index: number) =>
  lines[index]?.direction === 'in' && lines[index - 1]?.direction !== 'in'

/** Answers since the lead last came a step further: another stage, a meeting, a time that was talked about. */
async function answersWithoutProgress(tx: PoolClient, leadId: number, minutes: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from turns t join leads l on l.id = t.lead_id
     where t.lead_id = $1 and t.kind = 'answer' and t.state = 'done'
       and t.finished_at > now() - make_interval(mins => $2) and t.finished_at > l.stage_since
       and t.id > coalesce((
         select max(p.id) from turns p
         where p.lead_id = $1 and p.state = 'done' and (
           p.decision -> 'sales' ->> 'action' in ('book', 'move', 'cancel')
           or jsonb_array_length(coalesce(p.decision -> 'classification' -> 'timeQuotes', '[]')) > 0)), 0)`,
    [leadId, minutes],
  )
  return rows[0]?.count ?? 0
}

async function fallSilent(
  tx: PoolClient,
  leadId: number,
  messageId: number,
  { control, told }: { control: 'paused' | 'human'; told: string },
): Promise<void> {
  const reason = control === 'paused' ? 'the same words again and again' : 'a talk in circles'
  await setControl(tx, leadId, { control, source: 'loop', by: 'system', reason })
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `lead:${leadId}:loop:${messageId}`,
    payload: { kind: 'task', text: told, dueInMin: 60 },
  })
}
