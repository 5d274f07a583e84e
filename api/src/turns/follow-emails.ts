import type { PoolClient } from 'pg'
import type { Lead } from '../leads/lead.ts'
import { emailsInWords } from '../leads/invite-email.ts'
import { emailsIn } from '../person/email.ts'

/**
 * Keeps which address the lead named, and where they want no mail: both as it stands in the lead's own lines. The model only says which
 * of several is meant; without its word it is the newest. @returns the lead as it is now
 */
export async function followEmails(tx: PoolClient, lead: Lead, claimed: string | null): Promise<Lead> {
  const { rows } = await tx.query<{ text: string }>(
    `select text from (select id, text from messages where lead_id = $1 and direction = 'in' and deleted_at is null
                       order by id desc limit 300) newest order by id`,
    [lead.id],
  )
  const { said, refused } = emailsInWords(rows.map(({ text }) => text))
  const meant = emailsIn(claimed ?? '').find((found) => said.includes(found))
  const email = meant ?? said.at(-1) ?? null
  if (email === lead.said_email && refused.join() === lead.refused_emails.join()) return lead
  await tx.query('update leads set said_email = $2, refused_emails = $3 where id = $1', [
    lead.id,
    email,
    refused,
  ])
  return { ...lead, said_email: email, refused_emails: refused }
}
