import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue, type OutboxItem } from '../outbox/enqueue.ts'
import type { Lead } from './lead.ts'

/**
 * Where Telegram lets only the lead begin: puts a link of their own onto the card, as field, note and task. Once per turn.
 * @returns the link; null when there is nobody to write to, which becomes a task of its own
 */
export async function inviteLead(
  app: Ports<'business' | 'telegram'>,
  tx: Queryable,
  lead: Lead,
  turnId: number,
): Promise<string | null> {
  const link = (await app.telegram.invite?.(tx, lead)) ?? null
  const say = texts[lead.language ?? app.business.language]
  const to = { leadId: lead.id, turnId, channel: 'amocrm' } as const
  const key = (what: string) => `turn:${turnId}:invite:${what}`
  const task = {
    kind: 'task',
    text: link ? say.task.sendInvite(link) : say.task.nobodyToInvite,
    dueInMin: 30,
  } as const
  const items: OutboxItem[] = [
    ...(link
      ? [
          { ...to, key: key('lead'), payload: { kind: 'lead', fields: { telegramLink: link } } } as const,
          { ...to, key: key('note'), payload: { kind: 'note', text: say.card.inviteLink(link) } } as const,
        ]
      : []),
    { ...to, key: key('task'), payload: task },
  ]
  for (const item of items) await enqueue(tx, item)
  await audit(tx, {
    actor: 'system',
    action: link ? 'lead.invited' : 'lead.not_invited',
    leadId: lead.id,
    turnId,
  })
  return link
}
