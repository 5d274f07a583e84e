import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { type AmocrmPayload, enqueue } from '../outbox/enqueue.ts'
import type { Peer, Reach } from '../telegram/messenger.ts'
import type { Where } from '../telegram/reason-not-to-send.ts'
import { bindTelegram } from './bind-telegram.ts'
import { type Lead, lockLead } from './lead.ts'
import { optOutOfAccount } from './opt-out-account.ts'
import { setControl } from './set-control.ts'
import { optOut } from './stop-writing.ts'

/**
 * We know now which account the lead is, before the first word goes there: the lead is bound to it. Who opted out in another lead
 * is not written to, nor is somebody with whom we already talk; a human's own words go all the same.
 * @returns why nothing is sent; null when it may be
 */
export async function meetAccount(
  app: Pick<App, 'db' | 'business' | 'wake'>,
  lead: Lead,
  { id: conversationId, author, ...before }: Where,
  { accountId, peerId, bond }: Extract<Reach, Peer>,
): Promise<string | null> {
  const goOn = (db: Queryable) =>
    db.query('update conversations set account_id = $2, peer_id = $3 where id = $1', [
      conversationId,
      accountId,
      peerId,
    ])
  const isThere = before.is_known && before.account_id === accountId && before.peer_id === peerId
  if (!bond) return isThere ? null : goOn(app.db).then(() => null)
  return inTransaction(app.db, async (tx) => {
    await lockLead(tx, lead.id)
    const { card, task } = texts[lead.language ?? app.business.language]
    const tell = (what: 'optedOut' | 'continues', payload: AmocrmPayload) =>
      enqueue(tx, {
        leadId: lead.id,
        turnId: null,
        channel: 'amocrm',
        key: `lead:${lead.id}:met:${what}`,
        payload,
      })
    const optedOut = await optOutOfAccount(tx, peerId)
    if (!(await bindTelegram(tx, lead.id, peerId, bond))) return 'the lead became another account meanwhile'
    if (author !== 'human' && optedOut !== null && optedOut !== lead.id) {
      const language = lead.language ?? app.business.language
      await optOut(tx, { leadId: lead.id, language, source: 'other_lead', tell: false })
      await tell('optedOut', { kind: 'task', text: task.accountOptedOut(optedOut), dueInMin: 60 })
      app.wake.up('amocrm')
      return `the same Telegram account opted out in lead ${optedOut}`
    }
    const talking = await talkingLead(tx, lead.id, peerId)
    if (author !== 'human' && talking !== null) {
      const reason = `the conversation goes on in lead ${talking}`
      await tx.query('update leads set continues_lead_id = $2 where id = $1', [lead.id, talking])
      await setControl(tx, lead.id, { control: 'paused', source: 'other_lead', by: 'system', reason })
      await tell('continues', { kind: 'note', text: card.accountTalks(talking) })
      app.wake.up('amocrm')
      return reason
    }
    await goOn(tx)
    return null
  })
}

/** Another open lead in which we talk with this account; null when there is none. */
async function talkingLead(tx: Queryable, leadId: number, accountId: number): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from leads l
     where telegram_user_id = $2 and id <> $1 and stage not in ('won', 'lost') and continues_lead_id is null
       and card_gone_at is null and exists (select from messages m where m.lead_id = l.id)
     order by id desc limit 1`,
    [leadId, accountId],
  )
  return rows[0]?.id ?? null
}
