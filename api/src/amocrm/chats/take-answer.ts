import { z } from 'zod'
import type { Ports } from '../../app.ts'
import { inTransaction } from '../../database/pool.ts'
import { lockLead } from '../../leads/lead.ts'
import { setControl } from '../../leads/set-control.ts'
import { queueMessage } from '../../outbox/queue-message.ts'

export const chatHookSchema = z.looseObject({
  account_id: z.string(),
  message: z
    .looseObject({
      sender: z.looseObject({ id: z.string(), name: z.string().nullish() }),
      conversation: z.looseObject({ id: z.string(), client_id: z.string().nullish() }),
      message: z.looseObject({
        id: z.string().min(1),
        type: z.string(),
        text: z.string().max(20_000).nullish(),
        media: z.string().max(2000).nullish(),
      }),
    })
    .nullish(),
})
export type ChatHook = z.output<typeof chatHookSchema>

/**
 * A manager answered from the card: the person gets it in Telegram, and the manager has the lead from now on.
 * @returns what was done with it
 */
export async function takeAnswer(app: Ports<'db' | 'wake'>, hook: ChatHook): Promise<string> {
  if (!hook.message) return 'typing or a reaction'
  const { sender, conversation, message } = hook.message
  const text = [message.text, message.media].filter(Boolean).join('\n').trim()
  if (!text) return 'nothing to send'
  const done = await inTransaction(app.db, async (tx) => {
    const { rows } = await tx.query<{ lead_id: number }>(
      `select lead_id from (
         select lead_id, 1 as place from conversations where amo_chat_id = $1
         union all select lead_id, 2 from conversations where id = $2::bigint) found
       order by place limit 1`,
      [conversation.id, /^lead-(\d{1,15})$/.exec(conversation.client_id ?? '')?.[1] ?? null],
    )
    const leadId = rows[0]?.lead_id
    if (leadId === undefined) return 'no conversation of ours'
    await lockLead(tx, leadId)
    const known = await tx.query('select from messages where amo_message_id = $1', [message.id])
    if (known.rowCount) return 'known before'
    await setControl(tx, leadId, {
      control: 'human',
      source: 'chat',
      by: sender.name ?? 'manager',
      reason: 'answered from the amoCRM card',
    })
    const queued = await queueMessage(tx, {
      leadId,
      turnId: null,
      author: 'human',
      text,
      key: `amocrm-chat:${message.id}`,
    })
    await tx.query('update messages set amo_message_id = $2, mirrored_at = now() where id = $1', [
      queued.messageId,
      message.id,
    ])
    return 'sent on'
  })
  app.wake.up('telegram')
  return done
}
