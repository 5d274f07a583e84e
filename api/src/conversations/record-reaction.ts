import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { PoolClient } from 'pg'
import { inTransaction, one } from '../database/pool.ts'
import { asksYesOrNo } from '../hearing/pick/asks-yes-or-no.ts'
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
  said: string
  stop_asked: boolean
  invite_asked: boolean
}

/** What says no without a word; what it refuses is for the model to see. */
const refusals = /[👎🙅🚫❌🖕]/u

/**
 * Keeps what the lead put on a message of the chat. It is an answer only where one was asked for by that message: times were offered
 * with it, it asks for a yes or a no and nothing has followed, or it asks whether we shall stop; any other reaction is kept and nothing
 * more.
 */
export async function recordReaction(app: App, message: TelegramMessage): Promise<InboundAnswer> {
  const answer = await inTransaction(app.db, async (tx): Promise<InboundAnswer> => {
    const { rows: named } = await tx.query<{ id: number; lead_id: number }>(
      `select id, lead_id from messages
       where account_id = $1 and peer_id = $2 and direction = 'out'
         and (channel_message_id = $3 or $3 = any(part_message_ids))`,
      [message.accountId, message.peerId, message.messageId],
    )
    if (!named[0]) return keepOnUnknown(tx, message)
    await lockLead(tx, named[0].lead_id)
    const asked = await tx.query<Reacted>(
      `select m.conversation_id, m.lead_id, m.channel_message_id,
              not exists (select from messages o where o.lead_id = m.lead_id and o.direction = 'out' and o.id > m.id) as is_newest,
              coalesce(t.decision -> 'sales' ->> 'action' = 'offer_times', false) as offers,
              m.text as said, l.stop_asked_at is not null as stop_asked,
              coalesce(l.asked_email is not null and l.asked_email_turn_id = m.turn_id, false) as invite_asked
       from messages m join leads l on l.id = m.lead_id left join turns t on t.id = m.turn_id
       where m.id = $1`,
      [named[0].id],
    )
    const on = one(asked)
    if (!(await keepReaction(tx, { leadId: on.lead_id, conversationId: on.conversation_id }, message)))
      return 'known before'
    const heard = hearPick(message.text)
    const isAnswer = on.offers || (on.is_newest && asksYesOrNo(on.said))
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

/** A reaction on words whose id nobody noted: they are on their way still, or were never kept. */
async function keepOnUnknown(tx: PoolClient, message: TelegramMessage): Promise<InboundAnswer> {
  const { rows } = await tx.query<{ id: number; lead_id: number; is_sending: boolean }>(
    `select c.id, c.lead_id, exists (
       select from outbox o where o.lead_id = c.lead_id and o.channel = 'telegram' and o.state = 'sending') as is_sending
     from conversations c where c.channel = 'telegram' and c.account_id = $1 and c.peer_id = $2
     order by c.id desc limit 1`,
    [message.accountId, message.peerId],
  )
  const [chat] = rows
  if (!chat) return 'nobody known'
  if (chat.is_sending) return 'ask again'
  const place = { leadId: chat.lead_id, conversationId: chat.id }
  await lockLead(tx, place.leadId)
  return (await keepReaction(tx, place, message)) ? 'kept' : 'known before'
}

/** @returns false when it is known already */
async function keepReaction(
  tx: PoolClient,
  { leadId, conversationId }: { leadId: number; conversationId: number },
  { accountId, peerId, messageId, text, sentAt }: TelegramMessage,
): Promise<boolean> {
  const { rowCount: isKnown } = await tx.query(
    `select from messages
     where lead_id = $1 and kind = 'reaction' and reply_to = $2 and account_id = $3 and text = $4`,
    [leadId, messageId, accountId, text],
  )
  if (isKnown) return false
  await tx.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, sent_at, account_id, peer_id, kind, reply_to)
     values ($1, $2, 'in', 'lead', $3, $4, $5, $6, 'reaction', $7)`,
    [conversationId, leadId, text, sentAt, accountId, peerId, messageId],
  )
  await audit(tx, { actor: 'lead', action: 'message.reacted', leadId, details: { messageId } })
  return true
}
