import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import type { Lead } from '../leads/lead.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { taskForClosedWindow } from '../turns/closed-window.ts'
import type { MessengerFailure } from './messenger-error.ts'
import type { TelegramRow } from './telegram-row.ts'

/** Nothing is wrong with the lead, only with the time: the assistant goes on when they write, and a human has the task. */
export async function windowClosed(
  app: Ports<'business' | 'db' | 'wake'>,
  row: TelegramRow,
  lead: Lead,
  detail: string,
): Promise<Delivery> {
  await taskForClosedWindow(app, app.db, lead, {
    key: `outbox:${row.id}:window-closed`,
    detail,
    turnId: row.turn_id,
    unsaid: row.payload.text,
  })
  return { outcome: 'never', reason: `window closed: ${detail}` }
}

/** Writing again would not help: a human gets the lead. */
export async function cannotReach(
  app: Ports<'business' | 'db' | 'wake'>,
  row: TelegramRow,
  lead: Lead,
  code: MessengerFailure,
  detail: string,
): Promise<Delivery> {
  const language = lead.language ?? app.business.language
  const reasons: Partial<Record<MessengerFailure, string>> = texts[language].task.unreachable
  const reason = `Telegram: ${reasons[code] ?? detail}`
  const { turn_id: turnId } = row
  if (turnId !== null) {
    await inTransaction(app.db, (tx) => handOverToHuman(tx, row.lead_id, { turnId, by: 'system', reason }))
  } else {
    await enqueue(app.db, {
      leadId: row.lead_id,
      turnId: null,
      channel: 'amocrm',
      key: `outbox:${row.id}:unreachable`,
      payload: { kind: 'task', text: reason, dueInMin: 60 },
    })
  }
  app.wake.up('amocrm')
  return { outcome: 'never', reason: code === 'unknown' ? `unknown: ${detail}` : detail }
}
