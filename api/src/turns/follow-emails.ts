import type { PoolClient } from 'pg'
import { emailsInWords } from '../leads/invite-email.ts'
import { emailsIn } from '../person/email.ts'

/**
 * Keeps which address the lead named, and where they want no mail: both as it stands in the lead's own lines. The model only says which
 * of several is meant; without its word it is the newest.
 */
export async function followEmails(tx: PoolClient, leadId: number, claimed: string | null): Promise<void> {
  const { rows } = await tx.query<{ text: string }>(
    `select text from (select id, text from messages where lead_id = $1 and direction = 'in' and deleted_at is null
                       order by id desc limit 300) newest order by id`,
    [leadId],
  )
  const { said, refused } = emailsInWords(rows.map(({ text }) => text))
  const meant = emailsIn(claimed ?? '').find((found) => said.includes(found))
  await tx.query('update leads set said_email = $2, refused_emails = $3 where id = $1', [
    leadId,
    meant ?? said.at(-1) ?? null,
    refused,
  ])
}
