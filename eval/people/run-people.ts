import { openDatabase } from '../../api/src/database/pool.ts'
import { startOffice } from '../../e2e/talks/talk-system.ts'
import { inParallel } from '../models/in-parallel.ts'
import { count, percent, type Say, share, type SuiteResult } from '../suite.ts'
import { goalNames } from './goals.ts'
import { type PlayedPerson, playPerson } from './play-person.ts'
import type { Office } from '../models/real-model.ts'
import type { SimulatedPerson } from './read-people.ts'

export type Costs = { calls: number; input: number; cached: number; output: number; cost: number | null }

/** More only make each slower: n8n has one processor. */
const atOnce = 10
/** Google answers for 50 calendars in one request; the first seller is nobody's own. */
const mostSellers = 48

type Run = { k: number; office: Office; say?: Say }

/** Every person `k` times through the whole system with its real n8n. */
export async function runPeople(people: SimulatedPerson[], run: Run): Promise<SuiteResult> {
  const { played, costs } = await playPlays(people, run)
  return resultOf(people, played, { ...run, costs })
}

/** @returns who played, and what the models were asked in all */
export async function playPlays(
  people: SimulatedPerson[],
  { k, office, say = () => {} }: Run,
): Promise<{ played: PlayedPerson[]; costs: Costs }> {
  say('people: the system starts, a minute or two')
  const { system, sellers, stop } = await startOffice(
    Math.min(people.length, mostSellers) + 1,
    office.settings,
  )
  try {
    const plays = Array.from({ length: k }, () => people).flat()
    const played = await inParallel(plays, atOnce, async (person, index): Promise<PlayedPerson> => {
      const seller = sellers[1 + (index % (sellers.length - 1))]
      if (!seller) throw new Error('There is no seller')
      const one = await playPerson(system, person, seller)
      say(`people: ${one.problems.length === 0 ? '✔' : '✘'} ${person.id} (${index + 1} of ${plays.length})`)
      return one
    })
    return { played, costs: await readCosts(system.databaseUrl) }
  } finally {
    await stop()
  }
}

async function readCosts(databaseUrl: string): Promise<Costs> {
  const pool = openDatabase(databaseUrl, 1)
  try {
    const { rows } = await pool.query<{
      calls: number
      input: number
      cached: number
      output: number
      cost: number | null
    }>(
      `select count(*)::int as calls, coalesce(sum(input_tokens), 0)::int as input, coalesce(sum(cached_tokens), 0)::int as cached,
              coalesce(sum(output_tokens), 0)::int as output, sum(cost_usd)::float8 as cost from model_calls`,
    )
    return rows[0] ?? { calls: 0, input: 0, cached: 0, output: 0, cost: null }
  } finally {
    await pool.end()
  }
}

/** Scores what was played. `pass^1` is the share of plays that ended well, `pass^k` of people all of whose plays did. */
export function resultOf(
  people: SimulatedPerson[],
  played: PlayedPerson[],
  { k, office, costs }: { k: number; office: Office; costs: Costs },
): SuiteResult {
  const isGood = ({ problems }: PlayedPerson) => problems.length === 0
  const of = (person: SimulatedPerson) => played.filter((one) => one.person.id === person.id)
  const pass1 = played.filter(isGood).length / played.length
  const passK = people.filter((person) => of(person).every(isGood)).length / people.length
  const meetings = played.filter(({ booked }) => booked)
  const per = (sum: number) => (meetings.length === 0 ? 'no meeting' : (sum / meetings.length).toFixed(0))
  const byGoal = goalNames
    .map((goal) => ({ goal, plays: played.filter(({ person }) => person.goal === goal) }))
    .filter(({ plays }) => plays.length > 0)
  return {
    suite: 'people',
    of: office.name,
    simulated: office.simulated,
    about: [
      'Simulated people, by rules, each through the whole system with its real n8n: graded on the calendar, the card, the messages and who has the lead at the end.',
      ...(office.simulated
        ? [
            'NO MODEL WAS ASKED: the LLM simulator labelled and wrote. This proves the machinery around a model and says NOTHING about one. Tokens are counted as the simulator counts them, costs are those of a real model with such texts.',
          ]
        : [`${office.name} labelled and wrote.`]),
    ],
    figures: [
      share('pass^1', pass1, 0.06),
      ...(k > 1 ? [share(`pass^${k}`, passK, 0.1)] : []),
      count(
        'replies refused by the rules',
        played.reduce((sum, { refusals }) => sum + refusals, 0),
        5,
      ),
    ],
    tables: [
      {
        title: 'By goal',
        head: ['goal', 'plays', 'ended well', 'pass^1', 'messages of the person'],
        rows: byGoal.map(({ goal, plays }) => [
          goal,
          plays.length,
          plays.filter(isGood).length,
          percent(plays.filter(isGood).length / plays.length),
          (plays.reduce((sum, { said }) => sum + said, 0) / plays.length).toFixed(1),
        ]),
      },
      {
        title: 'Per booked meeting, everything else paid too',
        head: [
          'meetings',
          'messages of people',
          'calls',
          'tokens in',
          'of them cached',
          'tokens out',
          'cost',
        ],
        rows: [
          [
            meetings.length,
            per(meetings.reduce((sum, { said }) => sum + said, 0)),
            per(costs.calls),
            per(costs.input),
            per(costs.cached),
            per(costs.output),
            costs.cost === null || meetings.length === 0
              ? 'not known'
              : `$${(costs.cost / meetings.length).toFixed(5)}`,
          ],
        ],
      },
    ],
    misses: played
      .filter((one) => !isGood(one))
      .map(({ person, problems, transcript }) => ({
        id: person.id,
        what: `${problems.join('; ')} — ${transcript.join(' / ').replaceAll('\n', ' ')}`,
      })),
    bars: {
      title: 'Conversations that ended well',
      bars: byGoal.map(({ goal, plays }) => ({
        label: goal,
        value: plays.filter(isGood).length / plays.length,
      })),
    },
  }
}
