import type { Client } from 'pg'
import type { System } from '../../local/system/system.ts'
import { until } from '../system.ts'
import { makeLead, type Person, readChat } from '../turns/new-lead.ts'

export type Call = { vendor: string; step: string; outcome: string; ms: number; cost_usd: string | null }
/** `ms`: from the card to the first message. */
export type Served = { person: Person; calls: Call[]; ms: number }

/** The calls of models about this lead, as the system noted them. */
export const callsOf = async (db: Client, { leadId }: Person): Promise<Call[]> =>
  (
    await db.query<Call>(
      `select c.vendor, c.step, c.outcome, c.ms, c.cost_usd from model_calls c join turns t on t.id = c.turn_id
       where t.lead_id = $1 order by c.id`,
      [leadId],
    )
  ).rows

export const said = async (system: System, person: Person): Promise<number> =>
  (await readChat(system, person)).filter(({ from }) => from === 'seller').length

/** A lead comes now: what was asked until it had its first message, and when that was. @throws when it has none in time */
export async function serveLead(
  { system, db }: { system: System; db: Client },
  number: number,
  seconds: number,
): Promise<Served> {
  const began = Date.now()
  const person = await makeLead(system, number)
  await until('the first message', async () => (await said(system, person)) > 0, seconds)
  const ms = Date.now() - began
  return { person, calls: await callsOf(db, person), ms }
}
