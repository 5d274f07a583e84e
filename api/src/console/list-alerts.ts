import type { Ports } from '../app.ts'
import { type Alert, type AlertChannel, alertChannels } from '../alerts/alert.ts'
import { missingLines } from '../alerts/channels.ts'
import type { Queryable } from '../database/pool.ts'
import { newWebhookSecret } from '../webhooks/manage-webhooks.ts'
import type { Scope } from './visible-lead.ts'

const pageSize = 50

type Listed = Pick<Alert, 'id' | 'kind' | 'subject' | 'detail' | 'count'> & {
  leadId: number | null
  raisedAt: Date
  lastAt: Date
  resolvedAt: Date | null
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  told: { channel: AlertChannel; state: 'pending' | 'sending' | 'sent' | 'dropped' | 'dead' }[]
}

/** Alerts, the newest first; a seller's are those of their own leads. `before`: the id after which the page goes on. */
export async function listAlerts(
  db: Queryable,
  scope: Scope,
  before: number | null,
): Promise<{ alerts: Listed[]; before: number | null }> {
  const { rows } = await db.query<Listed>(
    `select a.id, a.kind, a.subject, a.detail, a.count, a.lead_id as "leadId", a.raised_at as "raisedAt", a.last_at as "lastAt",
       a.resolved_at as "resolvedAt", a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy",
       coalesce((select jsonb_agg(jsonb_build_object('channel', n.channel, 'state', n.state) order by n.id)
                 from alert_notices n where n.alert_id = a.id and n.event = 'raised'), '[]') as told
     from alerts a
     where a.id < $1 and ($2 or exists (
       select from lead_heads h where h.lead_id = a.lead_id and (h.seller_id = $3 or h.responsible_user_id = $4)))
     order by a.id desc limit $5`,
    [
      before ?? Number.MAX_SAFE_INTEGER,
      scope === null,
      scope?.sellerId ?? null,
      scope?.amocrmUserId ?? null,
      pageSize + 1,
    ],
  )
  const alerts = rows.slice(0, pageSize)
  return { alerts, before: rows.length > pageSize ? (alerts.at(-1)?.id ?? null) : null }
}

/** How many wait for somebody: not over, and seen by nobody. Counting ends at a hundred. */
export async function countOpenAlerts(db: Queryable, scope: Scope): Promise<number> {
  const { rowCount } = await db.query(
    `select from alerts a
     where a.resolved_at is null and a.acknowledged_at is null and ($1 or exists (
       select from lead_heads h where h.lead_id = a.lead_id and (h.seller_id = $2 or h.responsible_user_id = $3)))
     limit 100`,
    [scope === null, scope?.sellerId ?? null, scope?.amocrmUserId ?? null],
  )
  return rowCount ?? 0
}

type ChannelState = {
  name: AlertChannel
  missing: ReturnType<typeof missingLines>
  to: string[]
  lastError: string | null
}

/** How each channel stands, for a person with this address: what it lacks, whom it reaches, and why its newest notice failed. */
export async function alertChannelStates(
  app: Ports<'business' | 'config' | 'db'>,
  reader: string,
): Promise<ChannelState[]> {
  const { rows } = await app.db.query<{ channel: AlertChannel; reason: string | null }>(
    `select channel, (select last_error from alert_notices n where n.channel = c.channel order by id desc limit 1) as reason
     from unnest($1::text[]) c (channel)`,
    [alertChannels],
  )
  const { telegram, email, webhook } = app.business.alerts
  const to: Record<AlertChannel, string[]> = {
    telegram: telegram.chats.map(String),
    email: email.to,
    webhook: webhook.url === null ? [] : [webhook.url],
  }
  const given = { email: reader, secret: newWebhookSecret() }
  return alertChannels.map((name) => ({
    name,
    missing: missingLines(app, name, given),
    to: to[name],
    lastError: rows.find(({ channel }) => channel === name)?.reason ?? null,
  }))
}
