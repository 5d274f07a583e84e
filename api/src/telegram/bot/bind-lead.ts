import type { App } from '../../app.ts'
import { openConversation } from '../../conversations/open-conversation.ts'
import { inTransaction } from '../../database/pool.ts'
import { lockLead } from '../../leads/lead.ts'

/** From now on this lead is this person in this chat. */
export async function bindLead(
  app: Pick<App, 'db'>,
  leadId: number,
  { accountId, peerId }: { accountId: string; peerId: number },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await lockLead(tx, leadId)
    const { id } = await openConversation(tx, { leadId, accountId, peerId })
    await tx.query('update conversations set account_id = $2, peer_id = $3 where id = $1', [
      id,
      accountId,
      peerId,
    ])
    await tx.query('update leads set telegram_user_id = $2, updated_at = now() where id = $1', [
      leadId,
      peerId,
    ])
  })
}
