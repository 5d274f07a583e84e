import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../api/src/database/pool.ts'
import { ask } from '../../e2e/system.ts'
import { makeLead } from '../../e2e/talks/lead-phone.ts'
import type { startOffice } from '../../e2e/talks/talk-system.ts'

const withinMs = 180_000
const lookEveryMs = 20

type TurnRow = {
  id: number
  state: string
  fencing: number
  execution_id: string | null
  is_decided: boolean
}
type Chat = { messages: { from: 'person' | 'seller'; at: string }[] }

/** One lead who asks again and again; what becomes of each of their turns is seen in the database and on their phone. */
export async function openLead({ system, sellers }: Awaited<ReturnType<typeof startOffice>>) {
  const { urls } = system
  const db = openDatabase(system.databaseUrl, 2)
  db.on('error', () => {})
  const seller = sellers[1]
  if (!seller) throw new Error('There is no seller')
  const { leadId, personId } = await makeLead(
    urls,
    { title: 'Заявка', person: { name: 'Мария' }, card: { phone: true, fields: {} } },
    seller,
  )
  const answers = async () => {
    const { body } = await ask(`${urls.telegram}/_sim/people/${personId}/chat`)
    return (body as Chat).messages.filter(({ from }) => from === 'seller')
  }
  /** The lead's newest turn; undefined while the database is away. */
  const newest = async (): Promise<TurnRow | undefined> => {
    const { rows } = await db
      .query<TurnRow>(
        `select id, state, fencing, execution_id, decision is not null as is_decided from turns
         where lead_id = $1 and (state = 'running' or finished_at is not null) order by (state = 'running') desc, id desc limit 1`,
        [leadId],
      )
      .catch(() => ({ rows: [] }))
    return rows[0]
  }
  const until = async <Value>(
    what: string,
    look: () => Promise<Value | undefined | false>,
  ): Promise<Value> => {
    for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(lookEveryMs)) {
      const value = await look()
      if (value !== undefined && value !== false) return value
    }
    throw new Error(`Waited ${withinMs / 1000} s for: ${what}`)
  }
  const isAtRest = async () => {
    const { rows } = await db
      .query<{ work: boolean }>(
        `select exists (select from turns where lead_id = $1 and (state = 'running' or (state = 'pending' and run_at < now() + interval '10 s')))
             or exists (select from outbox where state in ('pending', 'sending') and run_at < now() + interval '10 s') as work`,
        [leadId],
      )
      .catch(() => ({ rows: [{ work: true }] }))
    return rows[0]?.work === false
  }
  let asked = 0
  const questions = [
    'А сколько это стоит?',
    'Как это работает?',
    'А с нашей CRM работает?',
    'Сколько длится внедрение?',
  ]
  const sayNext = async () => {
    const text = `${questions[asked % questions.length]} Нас ${10 + asked++} человек.`
    await ask(`${urls.telegram}/_sim/people/${personId}/say`, { json: { text } })
  }
  await until('the first touch', async () => (await answers()).length > 0 && (await isAtRest()))

  return {
    /** The lead asks; resolves when an execution of n8n has the turn and has not decided yet. */
    async beginTurn() {
      for (let tries = 0; tries < 5; tries++) {
        const heard = (await answers()).length
        const before = await newest()
        await sayNext()
        const turn = await until('an execution with the turn', async () => {
          const row = await newest()
          return row && row.id !== before?.id && (row.execution_id !== null || row.state !== 'running') && row
        })
        if (turn.state !== 'running' || turn.is_decided) {
          await until('the end of the turn', isAtRest)
          continue
        }
        return {
          /** When somebody went on with the turn, or with the one that took its place. */
          goesOn: () =>
            until('the turn to go on', async () => {
              const row = await newest()
              const isNews =
                row !== undefined &&
                (row.id !== turn.id ||
                  row.state !== 'running' ||
                  row.is_decided ||
                  row.fencing !== turn.fencing) &&
                (row.execution_id !== null || row.state !== 'running')
              return isNews && Date.now()
            }),
          isAnswered: () =>
            until('the answer', async () => {
              const now = await answers()
              return now.length > heard && Date.parse(now.at(-1)?.at ?? '')
            }),
        }
      }
      throw new Error('Every turn was decided before it could be caught')
    },
    /** The lead asks and is answered: everything works. */
    async waitUntilAnswers() {
      await until('rest', isAtRest)
      const heard = (await answers()).length
      await sayNext()
      await until('an answer', async () => (await answers()).length > heard && (await isAtRest()))
    },
    close: () => db.end(),
  }
}
