import type { Queryable } from '../database/pool.ts'
import type { Person } from './read-card.ts'

export type SamePerson = {
  id: number
  name: string
  open: boolean
  talking: boolean
  opted_out: boolean
  /** Whether it is surely the same person, see docs/identity.md; else it only looks so. */
  sure: boolean
  /** What agrees: contact, phone, telegram, email. An e-mail alone may be a whole company's. */
  by: string[]
}

/**
 * The contact is the CRM's own word. A lead that is bound is the account that was found by its sign. One that is not bound yet is
 * whoever its card leads to, all of which must agree: with one phone too many it may become somebody else.
 */
const sure = `l.contact_id = $2
  or l.bound_by in ('phone', 'contact') and l.bound_sign = any($3)
  or l.bound_by = 'username' and lower(l.bound_sign) = lower($4)
  or (l.bound_by is null or l.bound_by = 'earlier')
     and (l.phones && $3 or lower(l.telegram_username) = lower($4))
     and l.phones <@ $3 and (l.telegram_username is null or lower(l.telegram_username) = lower($4))`

/** Other leads of the same person, the ones that we talk with first. Phones and e-mails are compared in their normal form. */
export async function findSamePerson(
  tx: Queryable,
  leadId: number,
  contactId: number | null,
  person: Person,
): Promise<SamePerson[]> {
  const { rows } = await tx.query<SamePerson>(
    `select l.id, l.name, l.stage not in ('won', 'lost') and l.continues_lead_id is null as open,
            l.opted_out_at is not null as opted_out, (${sure}) is true as sure,
            exists (select from conversations c where c.lead_id = l.id)
              or exists (select from turns t where t.lead_id = l.id and t.state in ('pending', 'running')) as talking,
            array_remove(array[case when l.contact_id = $2 then 'contact' end, case when l.phones && $3 then 'phone' end,
                               case when lower(l.telegram_username) = lower($4) then 'telegram' end,
                               case when lower(l.email) = lower($5) then 'email' end], null) as by
     from (
       select * from leads
       where id <> $1 and card_gone_at is null
         and (contact_id = $2 or phones && $3 or lower(telegram_username) = lower($4) or lower(email) = lower($5))
       order by stage in ('won', 'lost'), id desc
       limit 20) l
     order by l.stage in ('won', 'lost'), l.id desc`,
    [leadId, contactId, person.phones, person.telegram, person.email],
  )
  return rows
}
