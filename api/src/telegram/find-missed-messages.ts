import type { App } from '../app.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { errorText } from '../text/storable.ts'
import { storeMessage } from './store-message.ts'

/**
 * Reads on in the history of each live conversation and puts what is not there yet into the inbox: updates may be lost with a
 * connection, with a crash, or skipped by the library after a long absence. What was said long before the conversation began is
 * not ours.
 */
export async function findMissedMessages(
  app: Pick<App, 'db' | 'wake' | 'telegram' | 'log'>,
  accountId?: string,
): Promise<void> {
  const { rows } = await app.db.query<{
    account_id: string
    peer_id: number
    newest: number
    since: Date
  }>(
    `select c.account_id, c.peer_id, c.created_at - interval '1 day' as since, coalesce(newest.id, 0) as newest
     from (
       select recent.* from unnest($1::text[]) account (id)
       cross join lateral (
         select * from conversations
         where channel = 'telegram' and account_id = account.id and peer_id is not null
           and updated_at > now() - interval '60 days'
         order by updated_at desc limit 200) recent
       order by recent.updated_at desc limit 200) c
     left join lateral (
       select greatest(channel_message_id, (select max(part) from unnest(part_message_ids) part)) as id
       from messages m
       where m.conversation_id = c.id and m.account_id = c.account_id and m.peer_id = c.peer_id
         and m.channel_message_id is not null
       order by m.channel_message_id desc limit 1) newest on true
     order by c.updated_at desc`,
    [app.telegram.ready().filter((ready) => accountId === undefined || ready === accountId)],
  )
  for (const row of rows) {
    await readOn(app, row).catch((error: unknown) => {
      if (judgeDatabaseError(error) === 'away') throw error
      app.log.warn(
        { account: row.account_id, peer: row.peer_id, reason: errorText(error) },
        'The history of one conversation was not read; the others were',
      )
    })
  }
}

async function readOn(
  app: Pick<App, 'db' | 'wake' | 'telegram'>,
  row: { account_id: string; peer_id: number; newest: number; since: Date },
): Promise<void> {
  const peer = { accountId: row.account_id, peerId: row.peer_id }
  for (let after = row.newest; ;) {
    const page = await app.telegram.fetchHistory(peer, after)
    for (const message of page) {
      if (new Date(message.sentAt) >= row.since) await storeMessage(app, message)
    }
    const last = page.at(-1)
    if (!last) break
    after = last.messageId
  }
}
