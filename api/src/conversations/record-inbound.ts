import type { App } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import { bindTelegram } from '../leads/bind-telegram.ts'
import { findLeadOfAccount } from '../leads/find-lead-of-account.ts'
import { lockLead, requireLead } from '../leads/lead.ts'
import { noteContacted } from '../leads/note-contacted.ts'
import { tellOfStranger } from '../leads/tell-of-stranger.ts'
import type { InboundAnswer, TelegramMessage } from '../telegram/telegram-message.ts'
import { openConversation } from './open-conversation.ts'
import { recordDeletion, recordEdit } from './record-change.ts'
import { recordLeadWords } from './record-lead-words.ts'
import { recordOwnWords } from './record-own-words.ts'
import { recordReaction } from './record-reaction.ts'

/** Keeps one Telegram message in the conversation of its lead, once: what the lead said, changed or took back, or what we did. */
export async function recordInbound(app: App, message: TelegramMessage): Promise<InboundAnswer> {
  if (message.event === 'deleted') return recordDeletion(app, message)
  if (message.event === 'edited') return recordEdit(app, message)
  if (message.event === 'reacted') return recordReaction(app, message)
  const answer = await inTransaction(app.db, async (tx): Promise<InboundAnswer | { adopted: number }> => {
    const found = await findLeadOfAccount(tx, message)
    if (!found) {
      if (!message.outgoing) await tellOfStranger(app, tx, message)
      return 'nobody known'
    }
    const { leadId, bond } = found
    const lead = await requireLead(lockLead(tx, leadId))
    // Bound to somebody else between the search and the lock.
    if (bond && !(await bindTelegram(tx, leadId, message.peerId, bond))) return 'ask again'
    const { id: conversationId } = await openConversation(tx, {
      leadId,
      accountId: message.accountId,
      peerId: message.peerId,
    })
    if (message.outgoing) return recordOwnWords(app, tx, { leadId, conversationId }, message)
    return recordLeadWords(app, tx, lead, conversationId, message)
  })
  app.wake.up('turns')
  if (typeof answer === 'string') return answer
  await noteContacted(app, answer.adopted)
  return 'kept'
}
