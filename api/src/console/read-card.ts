import { scoreFacts } from '@lead/contract'
import type { LeadCard } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import { approvalOf } from '../drafts/needs-approval.ts'
import type { Lead } from '../leads/lead.ts'
import { readFacts } from '../qualification/learn-facts.ts'
import { findMeetings } from './read-meetings.ts'
import { showDraft } from './show-draft.ts'

type Head = { queue: LeadCard['queue']; unanswered_since: Date | null }
type Work = { waiting: number; dead: number }
type Turn = {
  id: number
  kind: NonNullable<LeadCard['thinking']>['kind']
  state: 'pending' | 'running'
  run_at: Date
  seen_at: Date | null
  is_decided: boolean
}

/** All that the page shows of a lead beside the talk. */
export async function readCard(app: Ports<'db' | 'config' | 'business'>, lead: Lead) {
  const { db } = app
  const [head, work, turns, meetings, others, draft, learned] = await Promise.all([
    db.query<Head>('select queue, unanswered_since from lead_heads where lead_id = $1', [lead.id]),
    db.query<Work>(
      `select count(*) filter (where state in ('pending', 'sending'))::int as waiting,
         count(*) filter (where state = 'dead')::int as dead
       from outbox where lead_id = $1 and channel = 'amocrm'`,
      [lead.id],
    ),
    db.query<Turn>(
      `select id, kind, state, run_at, seen_at, decision is not null as is_decided from turns
       where lead_id = $1 and state in ('pending', 'running')`,
      [lead.id],
    ),
    findMeetings(db, lead.id),
    findOthers(db, lead),
    showDraft(app, lead),
    readFacts(db, lead.id),
  ])
  const { queue, unanswered_since: unansweredSince } = one(head)
  const running = turns.rows.find((turn) => turn.state === 'running' && !turn.is_decided)
  const pending = turns.rows.find((turn) => turn.state === 'pending')
  return {
    id: lead.id,
    name: lead.name,
    contactName: lead.contact_name,
    phones: lead.phones,
    email: lead.said_email ?? lead.email,
    username: lead.telegram_username,
    telegramUserId: lead.telegram_user_id,
    boundBy: lead.bound_by,
    boundSign: lead.bound_sign,
    language: lead.language,
    languageSource: lead.language_source,
    timeZone: lead.time_zone,
    zoneSource: lead.zone_source,
    queue,
    stage: lead.stage,
    stageSince: lead.stage_since,
    stageBy: lead.stage_by,
    facts: lead.facts,
    score: scoreFacts(lead.facts, app.business.qualification),
    learned: learned,
    control: lead.control,
    controlUntil: lead.control_until,
    controlBy: lead.control_by,
    controlReason: lead.control_reason,
    controlSource: lead.control_source,
    controlSince: lead.control_since,
    optedOutAt: lead.opted_out_at,
    optedOutSource: lead.opted_out_source,
    createdAt: lead.created_at,
    request: { source: lead.card.source ?? null, answers: lead.card.answers ?? [] },
    cardUrl: `${app.config.amocrm.baseUrl}/leads/detail/${lead.id}`,
    isCardGone: lead.card_gone_at !== null,
    crm: one(work),
    unansweredSince,
    thinking: running
      ? { turnId: running.id, kind: running.kind, since: running.seen_at ?? running.run_at }
      : null,
    next: pending ? { kind: pending.kind, at: pending.run_at } : null,
    draft,
    approval: approvalOf(app, lead),
    snoozedUntil: lead.snoozed_until,
    meetings,
    others,
  }
}

/** Other leads of the same person: the same contact in amoCRM, or the same account in Telegram. */
async function findOthers(db: Queryable, lead: Lead) {
  const { rows } = await db.query<{ id: number; name: string; queue: LeadCard['queue']; lastAt: Date }>(
    `select h.lead_id as id, l.name, h.queue, h.last_at as "lastAt"
     from (select id from leads where contact_id = $2 union select id from leads where telegram_user_id = $3) same
     join leads l on l.id = same.id join lead_heads h on h.lead_id = same.id
     where same.id <> $1 order by h.last_at desc limit 20`,
    [lead.id, lead.contact_id, lead.telegram_user_id],
  )
  return rows
}
