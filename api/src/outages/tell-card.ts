import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { Service } from './services.ts'

/** One outage, from its first failure on. */
export type Cause = { service: Service; since: Date; reason: string; leadId: number | null }

const keyOf = ({ service, since }: Cause) => `alert:${service}:${since.toISOString()}`

/**
 * Says that something is away: in the log, in the audit log, and as a task on the card of the lead that met it first. Once per outage. Who is
 * told by Telegram, e-mail or a webhook is told by alerts/watch-integrations.ts, which reads the outages.
 */
export async function outageBegan(
  app: Ports<'business' | 'log' | 'wake'>,
  tx: Queryable,
  cause: Cause,
): Promise<void> {
  const { service, since, reason, leadId } = cause
  app.log.error({ service, since, reason }, 'A service is away: what needs it is held until it is back')
  await audit(tx, {
    actor: 'system',
    action: 'outage.began',
    ...(leadId !== null && { leadId }),
    details: { service, since, reason },
  })
  if (leadId === null) return
  const text = texts[app.business.language].task.outage
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: keyOf(cause),
    payload: { kind: 'task', text: text[service](reason), dueInMin: 60 },
  })
  app.wake.up('amocrm')
}

/** The same where it was said that it was away. */
export async function outageEnded(
  app: Ports<'business' | 'log' | 'wake'>,
  tx: Queryable,
  cause: Cause,
): Promise<void> {
  const { service, since, leadId } = cause
  app.log.warn({ service, since }, 'A service is back')
  await audit(tx, {
    actor: 'system',
    action: 'outage.ended',
    ...(leadId !== null && { leadId }),
    details: { service, since },
  })
  if (leadId === null) return
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    key: `${keyOf(cause)}:over`,
    payload: { kind: 'task_done', of: keyOf(cause), result: texts[app.business.language].task.outage.over },
  })
  app.wake.up('amocrm')
}
