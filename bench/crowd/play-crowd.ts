import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type Database } from '../../api/src/database/pool.ts'
import { type Entry, recordJournals } from '../../chaos/journals.ts'
import { makeLead } from '../../e2e/talks/lead-phone.ts'
import { ask } from '../../e2e/system.ts'
import { picks, says, type Step, steps } from './talk.ts'

type Office = {
  system: { databaseUrl: string; urls: Parameters<typeof recordJournals>[0] }
  /** The first is nobody's own. */
  sellers: { userId?: number }[]
}
type Lead = { leadId: number; personId: number }
/** What one lead waited for in a step, in seconds. `debounce`: of it, silence that was waited for; `manner`: reading and typing. */
export type Waited = { seconds: number; debounce: number; manner: number }

const answerWithinMs = 300_000
/** In a large crowd some take a time that another has just taken, and are offered others. */
const leastBooked = 0.8

/** Leads that come at once and say the same at once, with the phones of the simulator. */
export function openCrowd({ system, sellers }: Office) {
  const db = openDatabase(system.databaseUrl, 2)
  const recorder = recordJournals(system.urls)
  /** When the assistant spoke to a person, and what. */
  const heard = new Map<number, { at: number; text: string }[]>()
  recorder.onEntry((of, entry: Entry) => {
    if (of !== 'telegram' || entry.kind !== 'message' || entry['via'] !== 'client') return
    const personId = Number(entry['personId'])
    const said = { at: Date.parse(entry.at), text: String(entry['text']) }
    heard.set(personId, [...(heard.get(personId) ?? []), said])
  })
  let came = 0

  async function come(count: number): Promise<Lead[]> {
    return Promise.all(
      Array.from({ length: count }, () => {
        came += 1
        const seller = sellers[1 + (came % (sellers.length - 1))]
        if (!seller) throw new Error('There is no seller')
        return makeLead(
          system.urls,
          { title: `Заявка ${came}`, person: { name: 'Мария' }, card: { phone: true, fields: {} } },
          seller,
        )
      }),
    )
  }

  const say = (leads: Lead[], step: Exclude<Step, 'first touch'>) =>
    Promise.all(
      leads.map(async ({ personId }, index) => {
        const pick = picks[Math.floor(index / (sellers.length - 1)) % picks.length]
        const text = step === 'booking' && pick ? pick : says[step]
        const { status } = await ask(`${system.urls.telegram}/_sim/people/${personId}/say`, {
          json: { text },
        })
        if (status >= 300) throw new Error(`A person could not speak: ${status}`)
      }),
    )

  /** Every lead takes a step: resolves when each was answered and nothing is under way any more. */
  async function take(step: Step, leads: Lead[]): Promise<{ leads: Lead[]; waited: Waited[] }> {
    const before = new Map(leads.map(({ personId }) => [personId, heard.get(personId)?.length ?? 0]))
    const began = Date.now()
    const all = step === 'first touch' ? await come(leads.length) : leads
    if (step !== 'first touch') await say(leads, step)
    const answer = (lead: Lead) => heard.get(lead.personId)?.[before.get(lead.personId) ?? 0]
    const isDone = async () => all.every((lead) => answer(lead) !== undefined) && !(await hasWork(db))
    for (const deadline = began + answerWithinMs; !(await isDone()); await sleep(250))
      if (Date.now() > deadline)
        throw new Error(
          `${step}: ${all.filter((lead) => !answer(lead)).length} of ${all.length} leads had no answer in time`,
        )
    const waits = await readWaits(db, all)
    return {
      leads: all,
      waited: all.map((lead) => ({
        seconds: ((answer(lead)?.at ?? began) - began) / 1000,
        ...(waits.get(lead.leadId) ?? { debounce: 0, manner: 0 }),
      })),
    }
  }

  return {
    db,
    /** Takes the steps with `count` new leads, one after the other. @throws when too few of them are booked in the end */
    async play(
      count: number,
      each: (step: Step, take: () => Promise<Waited[]>) => Promise<void>,
      taken: readonly Step[] = steps,
    ): Promise<void> {
      let leads: Lead[] = Array.from({ length: count }, () => ({ leadId: 0, personId: 0 }))
      for (const step of taken)
        await each(step, async () => {
          const after = await take(step, leads)
          leads = after.leads
          return after.waited
        })
      if (!taken.includes('booking')) return
      const { rows } = await db.query<{ booked: number }>(
        `select count(distinct lead_id)::int as booked from calendar_events where status = 'booked' and lead_id = any($1)`,
        [leads.map(({ leadId }) => leadId)],
      )
      const booked = rows[0]?.booked ?? 0
      if (booked < count * leastBooked) throw new Error(`${booked} of ${count} leads were booked`)
    },
    async close() {
      await recorder.stop().catch(() => {})
      await db.end()
    },
  }
}

/** Whether something is to be done within the next seconds. Follow-ups and reminders are not. */
async function hasWork(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ work: boolean }>(
    `select exists (select from outbox where state in ('pending', 'sending') and run_at < now() + interval '10 s')
         or exists (select from turns where state = 'running' or (state = 'pending' and run_at < now() + interval '10 s'))
         or exists (select from inbox_events where state = 'received') as work`,
  )
  return rows[0]?.work !== false
}

/** Of each lead's newest turn: how long it waited for silence, and how long its message for a human's pace. */
async function readWaits(db: Database, leads: Lead[]): Promise<Map<number, Omit<Waited, 'seconds'>>> {
  const { rows } = await db.query<{ lead_id: number; debounce: number; manner: number }>(
    `select distinct on (t.lead_id) t.lead_id,
       extract(epoch from t.run_at - t.first_event_at)::float8 as debounce,
       coalesce((select extract(epoch from o.finished_at - o.created_at)::float8 from outbox o
                 where o.turn_id = t.id and o.channel = 'telegram' order by o.id limit 1), 0) as manner
     from turns t where t.lead_id = any($1) and t.state = 'done' order by t.lead_id, t.id desc`,
    [leads.map(({ leadId }) => leadId)],
  )
  return new Map(rows.map(({ lead_id, ...waits }) => [lead_id, waits]))
}
