import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { isRefusal } from '../amocrm/amocrm-error.ts'
import type { Queryable } from '../database/pool.ts'
import type { InboxEvent } from '../inbox/store-event.ts'
import { type Card, mainContactId, personOf } from '../leads/read-card.ts'
import { addMarks, countTurnedAway, findErased } from './marks.ts'
import type { Sign } from './signs.ts'
import { signsOfEvent } from './signs-of-event.ts'

/** Usernames change hands: whoever writes is known by the number of the account, by a phone that Telegram vouches for, or by the card. */
const certain = (sign: Sign) => !sign.startsWith('username:')

/**
 * An event about erased people is not kept: it is deleted, and counted. `some`: it was worked and tells of such a person among others.
 * `all`: it tells of nobody else. @returns whether it is gone
 */
export async function turnEventAway(
  app: Ports<'config' | 'db'>,
  event: Pick<InboxEvent, 'source' | 'body'> & { id: number },
  which: 'some' | 'all',
): Promise<boolean> {
  const people = (signsOfEvent(event) ?? [])
    .map((signs) => signs.filter(certain))
    .filter((signs) => signs.length > 0)
  const erased = await findErased(app, app.db, people.flat())
  const gone = people.filter((signs) => signs.some((sign) => erased.has(sign)))
  if (gone.length === 0 || (which === 'all' && gone.length < people.length)) return false
  await app.db.query('delete from inbox_events where id = $1', [event.id])
  await countTurnedAway(app.db, [...new Set(erased.values())])
  return true
}

/**
 * A card of an erased person makes no lead. Where it is a new one, a human finds a task on it, once: they may have come back, and only a
 * human can know. @returns whether it was turned away
 * @throws AmocrmError when the task could not be left: then the card comes again
 */
export async function turnCardAway(
  app: Pick<App, 'amocrm' | 'business' | 'config' | 'now'>,
  tx: Queryable,
  card: Card,
): Promise<boolean> {
  const { lead, contact } = card
  const person = personOf(contact, app.business)
  const contactId = contact?.id ?? mainContactId(lead)
  const ids: Sign[] = [`lead:${lead.id}`, ...(contactId === null ? [] : [`contact:${contactId}` as const])]
  const signs: Sign[] = [
    ...ids,
    ...person.phones.map((phone): Sign => `phone:${phone}`),
    ...(person.telegram ? [`username:${person.telegram.toLowerCase()}` as const] : []),
  ]
  const [erasureId] = (await findErased(app, tx, signs)).values()
  if (erasureId === undefined) return false
  if ((await addMarks(app, tx, erasureId, [`lead:${lead.id}`])) === 0) return true
  await countTurnedAway(tx, [erasureId])
  const task = {
    text: texts[app.business.language].task.erasedPersonCameBack(erasureId),
    completeTill: new Date(app.now().getTime() + 3_600_000),
  }
  await app.amocrm.addTask(lead.id, task).catch((error: unknown) => {
    if (!isRefusal(error)) throw error
  })
  return true
}

/** Which of these Telegram accounts are erased people's. */
export async function erasedPeers(app: Ports<'config' | 'db'>, peerIds: number[]): Promise<Set<number>> {
  const erased = await findErased(
    app,
    app.db,
    peerIds.map((id): Sign => `telegram:${id}`),
  )
  return new Set(peerIds.filter((id) => erased.has(`telegram:${id}`)))
}
