import type { PoolClient } from 'pg'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { findSamePerson, type SamePerson } from './find-same-person.ts'
import { isClosed } from './is-closed.ts'
import type { Person } from './read-card.ts'
import { setControl } from './set-control.ts'
import { optOut } from './stop-writing.ts'

const texts = {
  ru: {
    same: 'Тот же человек, что и в сделке #{id} «{name}» (совпало: {by}).',
    maybe:
      'Возможно, тот же человек, что и в сделке #{id} «{name}» (совпало: {by}). Это не подтверждено, поэтому разговоры не связаны.',
    continues: ' Он уже переписывается с нами по ней: разговор продолжается там, второй раз мы не начинаем.',
    optedOut:
      'Новая заявка от человека, который просил больше не писать (сделка #{id}). Ассистент молчит: свяжитесь сами или снимите запрет.',
  },
  en: {
    same: 'The same person as in lead #{id} "{name}" (matched: {by}).',
    maybe:
      'Perhaps the same person as in lead #{id} "{name}" (matched: {by}). Nobody has confirmed it, so the conversations stay apart.',
    continues:
      ' They already talk with us there: the conversation goes on there, we do not begin a second time.',
    optedOut:
      'A new request from a person who asked not to be written to (lead #{id}). The assistant is silent: contact them yourself or lift it.',
  },
}

type NewLead = { id: number; name: string; statusId: number | null }

/**
 * Who the person of a new lead is: other leads of theirs are told of, an opt-out of theirs holds here as well, and what they wrote
 * before their card was known is heard. @returns whether something may be begun with the lead
 */
export async function beginWithPerson(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: NewLead,
  person: Person,
  contactId: number | null,
): Promise<boolean> {
  if (await reportSamePerson(app, tx, lead, person, contactId)) return false
  await hearEarlierWords(tx, person)
  return true
}

/** Tells people of other leads of this person; nothing is merged. @returns whether nothing is begun with the new lead */
async function reportSamePerson(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: NewLead,
  person: Person,
  contactId: number | null,
): Promise<boolean> {
  const others = await findSamePerson(tx, lead.id, contactId, person)
  if (others.length === 0) return false
  const sure = others.filter((other) => other.sure)
  const refuser = sure.find((other) => other.opted_out)
  const talking = isClosed(lead.statusId ?? 0) ? undefined : sure.find((other) => other.open && other.talking)
  await audit(tx, {
    actor: 'system',
    action: 'lead.same_person',
    leadId: lead.id,
    details: { others: others.map(({ id, by }) => ({ id, by })), continues: talking?.id ?? null },
  })
  const say = texts[app.business.language]
  const fill = (text: string, other: Pick<SamePerson, 'id' | 'name'>, by: string[]) =>
    text.replaceAll(/\{(id|name|by)\}/g, (_, what: string) =>
      what === 'id' ? String(other.id) : what === 'name' ? other.name : by.join(', '),
    )
  const note = (leadId: number, text: string, about: number) =>
    enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:same-person:${about}`,
      payload: { kind: 'note', text },
    })
  for (const other of others) {
    const more = other === talking ? say.continues : ''
    const text = other.sure ? say.same : say.maybe
    await note(lead.id, fill(text, other, other.by) + more, other.id)
    if (other.open) await note(other.id, fill(text, { id: lead.id, name: lead.name }, other.by), lead.id)
  }
  if (refuser) {
    const { language } = app.business
    await optOut(tx, { leadId: lead.id, language, source: 'other_lead', tell: false })
    await enqueue(tx, {
      leadId: lead.id,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${lead.id}:opted-out-before`,
      payload: { kind: 'task', text: fill(say.optedOut, refuser, []), dueInMin: 60 },
    })
    return true
  }
  if (!talking) return false
  await tx.query('update leads set continues_lead_id = $2 where id = $1', [lead.id, talking.id])
  const reason = `the conversation goes on in lead ${talking.id}`
  await setControl(tx, lead.id, { control: 'paused', source: 'other_lead', by: 'system', reason })
  return true
}

/** What the person wrote before their card was known is heard now. */
const hearEarlierWords = (tx: Queryable, person: Person) =>
  tx.query(
    `update inbox_events set state = 'received', run_at = now(), attempts = 0
     where source in ('telegram', 'telegram_bot') and state = 'processed' and reason = 'nobody known'
       and received_at > now() - interval '7 days'
       and (lower(sender_username) = lower($1) or sender_phone = any($2::text[]))`,
    [person.telegram, person.phones],
  )
