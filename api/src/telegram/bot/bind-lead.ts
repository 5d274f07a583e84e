import type { App } from '../../app.ts'
import { openConversation } from '../../conversations/open-conversation.ts'
import { inTransaction } from '../../database/pool.ts'
import { bindTelegram } from '../../leads/bind-telegram.ts'
import { lockLead } from '../../leads/lead.ts'

/** The one-time link of this lead was opened by this person: from now on the lead is them, in this chat. */
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
    await bindTelegram(tx, leadId, peerId, { by: 'link', sign: null })
  })
}
