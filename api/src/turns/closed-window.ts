import type { TurnKind } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'

type Closed = { key: string; detail: string; turnId: number | null } & (
  | { unsaid: string }
  | { due: TurnKind }
)

/** Leaves to a human what may not be written now, with the reason; the assistant stays in charge. Once per key. */
export async function taskForClosedWindow(
  app: Ports<'business' | 'wake'>,
  db: Queryable,
  lead: Lead,
  { key, detail, turnId, ...what }: Closed,
): Promise<void> {
  const say = texts[lead.language ?? app.business.language].task.windowClosed
  const text = 'unsaid' in what ? say.unsaid(what.unsaid) : say[what.due]
  const { added } = await enqueue(db, {
    leadId: lead.id,
    turnId,
    channel: 'amocrm',
    key,
    payload: { kind: 'task', text: `${text} (${detail})`, dueInMin: 30 },
  })
  if (added) {
    await audit(db, {
      actor: 'system',
      action: 'lead.window_closed',
      leadId: lead.id,
      ...(turnId === null ? {} : { turnId }),
      details: { detail },
    })
  }
  app.wake.up('amocrm')
}
