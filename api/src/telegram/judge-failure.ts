import type { App, Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import type { Lead } from '../leads/lead.ts'
import { optOut } from '../leads/stop-writing.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { cannotReach, windowClosed } from './cannot-reach.ts'
import type { MessengerError, MessengerFailure } from './messenger-error.ts'
import type { Place } from './messenger.ts'
import { forgetDialog } from './pace/take-dialog.ts'
import type { TelegramRow } from './telegram-row.ts'
import { waitForTelegram } from './wait-for-telegram.ts'

/** What makes the lead a human's: writing again would not help. */
const deadEnds: MessengerFailure[] = [
  'privacy',
  'premium-needed',
  'paid-messages',
  'deactivated',
  'not-a-person',
  'not-found',
  'write-forbidden',
  'unknown',
  'bad-message',
]

/** What a refusal of Telegram means for the message, the lead and the account. */
export async function judgeFailure(
  app: App,
  row: TelegramRow,
  { lead, conversation }: { lead: Lead; conversation: Place },
  failure: MessengerError,
): Promise<Delivery> {
  const now = app.now().getTime()
  const reason = failure.message
  switch (failure.code) {
    case 'flood-wait': {
      const until = new Date(now + (failure.retryAfterMs ?? 0) + 1000)
      return waitForTelegram(app, row, lead, { wait: 'flood', until, detail: reason })
    }
    case 'peer-flood':
      await giveUpDialog(app, conversation.id)
      // Another account may have time; if none has, it is asked again, which costs no call, and the card says so.
      return { outcome: 'wait', reason, until: new Date(now + 1000) }
    case 'window-closed':
      return windowClosed(app, row, lead, reason)
    case 'blocked':
      await inTransaction(app.db, (tx) =>
        optOut(tx, {
          leadId: row.lead_id,
          language: lead.language ?? app.business.language,
          source: 'blocked',
          tell: false,
        }),
      )
      return cannotReach(app, row, lead, failure.code, reason)
    case 'not-ready':
    case 'frozen':
    case 'logged-out':
    case 'banned':
      return { outcome: 'wait', reason, until: new Date(now + 1000) }
    default:
      if (deadEnds.includes(failure.code)) return cannotReach(app, row, lead, failure.code, reason)
      return { outcome: 'later', reason }
  }
}

/** A dialog that Telegram refused is planned anew, with whichever account; a conversation that is under way keeps its account. */
async function giveUpDialog(app: Ports<'db'>, conversationId: number): Promise<void> {
  await forgetDialog(app.db, conversationId)
  await app.db.query(
    `update conversations c set account_id = null where id = $1 and not exists (
       select from messages m where m.conversation_id = c.id and m.channel_message_id is not null)`,
    [conversationId],
  )
}
