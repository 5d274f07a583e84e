import type { PoolClient } from 'pg'
import { formatSlot } from '@lead/scheduling'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { findSamePerson } from './find-same-person.ts'
import { isClosed } from './is-closed.ts'
import type { Person } from './read-card.ts'
import { setControl } from './set-control.ts'
import { takeStranger } from './strangers.ts'
import { optOut } from './stop-writing.ts'

type NewLead = { id: number; name: string; statusId: number | null }

/**
 * Who the person of a new lead is: other leads of theirs are told of, an opt-out of theirs holds here as well, and what they wrote
 * before their card was known is heard. @returns whether something may be begun with the lead
 */
export async function beginWithPerson(
  app: Ports<'business' | 'config'>,
  tx: PoolClient,
  lead: NewLead,
  person: Person,
  contactId: number | null,
): Promise<boolean> {
  if (await reportSamePerson(app, tx, lead, person, contactId)) return false
  await hearEarlierWords(app, tx, lead.id, person)
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
  const { card: onCard, task } = texts[app.business.language]
  const note = (leadId: number, text: string, about: number) =>
    enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:same-person:${about}`,
      payload: { kind: 'note', text },
    })
  for (const other of others) {
    const same = other.sure ? onCard.samePerson : onCard.maybeSamePerson
    const by = other.by.join(', ')
    const text = same({ id: other.id, name: other.name, by })
    await note(lead.id, other === talking ? `${text} ${onCard.talksThere}` : text, other.id)
    if (other.open) await note(other.id, same({ id: lead.id, name: lead.name, by }), lead.id)
  }
  if (refuser) {
    const { language } = app.business
    await optOut(tx, { leadId: lead.id, language, source: 'other_lead', tell: false })
    await enqueue(tx, {
      leadId: lead.id,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${lead.id}:opted-out-before`,
      payload: { kind: 'task', text: task.samePersonOptedOut(refuser.id), dueInMin: 60 },
    })
    return true
  }
  if (!talking) return false
  await tx.query('update leads set continues_lead_id = $2 where id = $1', [lead.id, talking.id])
  const reason = `the conversation goes on in lead ${talking.id}`
  await setControl(tx, lead.id, { control: 'paused', source: 'other_lead', by: 'system', reason })
  return true
}

/**
 * What the person wrote before their card was known was not kept: where the chat can be read it is read now (find-missed-messages.ts),
 * else people are told that there was something.
 */
async function hearEarlierWords(
  app: Ports<'business' | 'config'>,
  tx: Queryable,
  leadId: number,
  person: Person,
): Promise<void> {
  for (const { accountId, heardAt } of await takeStranger(app, tx, {
    username: person.telegram,
    phones: person.phones,
  })) {
    if (app.config.telegram.mode === 'userbot') {
      await tx.query('update telegram_accounts set swept_at = null where id = $1', [accountId])
      continue
    }
    const { language, timeZone } = app.business
    const when = formatSlot(heardAt.toISOString(), timeZone, language, { withZone: true })
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `lead:${leadId}:wrote-before:${accountId}`,
      payload: { kind: 'note', text: texts[language].card.wroteBefore(when) },
    })
  }
}
