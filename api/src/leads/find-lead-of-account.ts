import type { Queryable } from '../database/pool.ts'
import { botAccount, ownerOf } from '../telegram/bot/bot-account.ts'
import type { Bond } from './bind-telegram.ts'

/** Who wrote, as Telegram says. */
export type Account = {
  /** The account of ours that was written to. */
  accountId: string
  peerId: number
  peerUsername: string | null
  /** Vouched for by Telegram: the account's own, shown to us or shared with the bot. */
  peerPhone: string | null
  /** A human of ours wrote to them by hand. */
  outgoing?: boolean
}

/** `bond` null: the lead is bound to this account already. */
export type FoundLead = { leadId: number; bond: Exclude<Bond, { by: 'link' }> | null }

/**
 * The lead for whom this account speaks: the one that it is bound to; else one that is bound to nobody and has the account's phone
 * or username on its card. A username alone is nobody where the card has a phone too, for usernames change hands, unless a human of
 * ours wrote there by hand, or a secretary hears it, to whom Telegram shows no phones. A bot takes no username at all: anybody may press Start. Of several leads of one person the open one
 * that we talk with, else the newest. Null: a stranger.
 */
export async function findLeadOfAccount(tx: Queryable, account: Account): Promise<FoundLead | null> {
  const username = account.accountId === botAccount ? null : account.peerUsername
  const byNameAlone = account.outgoing === true || ownerOf(account.accountId) !== null
  const { rows } = await tx.query<{ id: number; bound: boolean; has_phone: boolean }>(
    `select l.id, l.telegram_user_id is not null or c.peer_id = $2 is true as bound,
            l.phones @> array[$4::text] is true as has_phone
     from leads l left join conversations c on c.lead_id = l.id and c.channel = 'telegram' and c.account_id = $1
     where (l.telegram_user_id is null or l.telegram_user_id = $2) and l.id in (
       select id from leads where telegram_user_id = $2
       union all select id from leads where phones @> array[$4::text]
       union all select id from leads where lower(telegram_username) = lower($3) and (phones = '{}' or $5)
       union all select lead_id from conversations where channel = 'telegram' and account_id = $1 and peer_id = $2)
     order by l.stage in ('won', 'lost'), l.continues_lead_id is not null, l.telegram_user_id is not null desc, l.id desc
     limit 1`,
    [account.accountId, account.peerId, username, account.peerPhone, byNameAlone],
  )
  const found = rows[0]
  if (!found) return null
  if (found.bound) return { leadId: found.id, bond: null }
  if (found.has_phone && account.peerPhone) {
    const by = account.accountId === botAccount ? 'contact' : 'phone'
    return { leadId: found.id, bond: { by, sign: account.peerPhone } }
  }
  return { leadId: found.id, bond: { by: 'username', sign: username ?? '' } }
}
