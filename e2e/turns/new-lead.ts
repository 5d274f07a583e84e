import type { System } from '../../local/system/system.ts'
import { ask } from '../system.ts'

/** `id`: the person's in Telegram. */
export type Person = { id: number; leadId: number }
export type Line = { from: 'person' | 'seller'; text: string }

/** A person in Telegram and their card in amoCRM. `number` makes the username. */
export async function makeLead({ urls }: System, number: number): Promise<Person> {
  const username = `person_${number}`
  const { id } = (await ask(`${urls.telegram}/_sim/people`, { json: { firstName: 'Ольга', username } }))
    .body as Person
  const contact = { name: 'Ольга', telegram: username }
  const made = await ask(`${urls.amocrm}/_sim/leads`, { json: { name: 'Заявка', contact } })
  return { id, leadId: (made.body as Person).leadId }
}

export const readChat = async ({ urls }: System, { id }: Person): Promise<Line[]> =>
  ((await ask(`${urls.telegram}/_sim/people/${id}/chat`)).body as { messages: Line[] }).messages
