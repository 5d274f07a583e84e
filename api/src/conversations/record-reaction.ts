import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, one } from '../database/pool.ts'
import { hearPick } from '../hearing/pick/hear-pick.ts'
import { lockLead } from '../leads/lead.ts'
import type { InboundAnswer, TelegramMessage } from '../telegram/telegram-message.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { hearLead } from './hear-lead.ts'

type Reacted = {
  conversation_id: number
  lead_id: number
  channel_message_id: number
  is_newest: boolean
  offers: boolean
  asks: boolean
  stop_asked: boolean
  invite_asked: boolean
}

/** What says no without a word; what it refuses is for the model to see. */
const refusals = /[👎🙅🚫❌🖕]/u

/**
 * Keeps what the lead put on a message of ours. It is an answer only where one was asked for by that message: times were offered with
 * it, a line of it ends with a question and nothing has followed, or it asks whether we shall stop; any other reaction is kept and
 * nothing more.
 */
export async function recordReaction(app: App, message: TelegramMessage): Promise<InboundAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<InboundAnswer> => {
    const { rows: named } = await tx.query<{ id: number; lead_id: number }>(
      `select id, lead_id from messages
       where account_id = $1 and peer_id = $2 and channel_message_id = $3 and direction = 'out'`,
      [message.accountId, message.peerId, message.messageId],
    )
    if (!named[0]) return 'nobody known'
    await lockLead(tx, named[0].lead_id)
    const asked = await tx.query<Reacted>(
      `select m.conversation_id, m.lead_id, m.channel_message_id,
              not exists (select from messages o where o.lead_id = m.lead_id and o.direction = 'out' and o.id > m.id) as is_newest,
              coalesce(t.decision -> 'sales' ->> 'action' = 'offer_times', false) as offers,
              m.text ~ '\\?[^[:alnum:]\\n]*(\\n|$)' as asks, l.stop_asked_at is not null as stop_asked,
              coalesce(l.asked_email is not null and l.asked_email_turn_id = m.turn_id, false) as invite_asked
       from messages m join leads l on l.id = m.lead_id left join turns t on t.id = m.turn_id
       where m.id = $1`,
      [named[0].id],
    )
    const on = one(asked)
    const { rowCount: isKnown } = await tx.query(
      `select from messages
       where lead_id = $1 and kind = 'reaction' and reply_to = $2 and account_id = $3 and text = $4`,
      [on.lead_id, message.messageId, message.accountId, message.text],
    )
    if (isKnown) return 'known before'
    await tx.query(
      `insert into messages (conversation_id, lead_id, direction, author, text, sent_at, account_id, peer_id, kind, reply_to)
       values ($1, $2, 'in', 'lead', $3, $4, $5, $6, 'reaction', $7)`,
      [
        on.conversation_id,
        on.lead_id,
        message.text,
        message.sentAt,
        message.accountId,
        message.peerId,
        message.messageId,
      ],
    )
    await audit(tx, {
      actor: 'lead',
      action: 'message.reacted',
      leadId: on.lead_id,
      details: { messageId: message.messageId },
    })
    const heard = hearPick(message.text)
    const isAnswer = on.offers || (on.asks && on.is_newest)
    if (heard === null && !(isAnswer && refusals.test(message.text))) return 'kept'
    // A thumb on "shall I stop writing?" is a yes, in no language.
    if (on.is_newest && on.stop_asked && heard === 'yes') {
      await hearLead(app, tx, on.lead_id, 'ok')
      return 'kept'
    }
    // A yes to where the invitation goes is heard by the turn.
    const invites = on.invite_asked && on.is_newest && heard === 'yes'
    if (!invites && (!isAnswer || (heard === 'warm' && !on.offers))) return 'kept'
    const { debounceSec, debounceMaxSec } = app.business.conversation
    await scheduleTurn(tx, {
      leadId: on.lead_id,
      kind: 'answer',
      quietMs: debounceSec * 1000,
      longestMs: debounceMaxSec * 1000,
    })
    return 'kept'
  })
  app.wake.up('turns')
  return answer
}
