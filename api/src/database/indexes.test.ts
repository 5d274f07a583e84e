import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { fillDatabase, settleDatabase } from '../testing/fill-database.ts'
import { filledLead, hotStatements } from '../testing/hot-statements.ts'
import { growingTables, readStatements } from '../testing/read-statements.ts'
import { openDatabase, type Queryable } from './pool.ts'

const leads = 10_000
/** Rows that a hot statement may look at, whatever it is asked for. */
const mostRows = 2000
/** In the planner's units; reading one of the big tables of this database once costs more. */
const mostCost = 1000

/** Statements that may read whole tables, each with its reason. */
const mayScan = [
  {
    file: 'backup/begin-after-restore.ts',
    has: 'sent.id as message_id',
    why: 'once, when a backup is restored, and what was said since is little',
  },
  {
    file: 'amocrm/check-account.ts',
    has: 'as writing',
    why: 'people ask for it by hand: npm run amocrm -- check',
  },
  {
    file: 'console/read-numbers.ts',
    has: 'from model_calls c',
    why: 'people open the page of numbers by hand; each call of the period is looked up by two keys',
  },
  ...[
    'from telegram_sends',
    'from telegram_actions',
    ':same-person:',
    ':stranger:',
    'from console_changes',
    'strpos(lower(a.detail)',
    'a.detail ~',
  ].map((has) => ({
    file: 'erasure/holdings.ts',
    has,
    why: `people ask for it by hand: npm run person; ${has}`,
  })),
  {
    file: 'erasure/erased-events.ts',
    has: 'needle',
    why: 'people ask for it by hand: npm run person; raw events',
  },
]

const database = await startTestDatabase()
const db = openDatabase(database.url, 2)
db.on('error', () => {})
after(async () => {
  await db.end()
  await database.stop()
})
before(async () => {
  // The data that is worked on is in memory: a page out of order costs about as much as the next one.
  await db.query(`alter role current_user set random_page_cost = 1.1`)
  const client = await db.connect()
  try {
    await client.query('set statement_timeout = 0')
    await fillDatabase(client, leads)
    await settleDatabase(client)
  } finally {
    client.release(true)
  }
})

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Total Cost': number
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

async function explain(on: Queryable, options: string, text: string, values: unknown[] = []): Promise<Plan> {
  const { rows } = await on.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (${options}, format json) ${text}`,
    values,
  )
  return rows[0]!['QUERY PLAN'][0].Plan
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const scanned = (plan: Plan) =>
  nodes(plan).flatMap((node) =>
    node['Node Type'] === 'Seq Scan' && growingTables.includes(node['Relation Name']!)
      ? [`reads all of ${node['Relation Name']}`]
      : [],
  )
const rowsLookedAt = (plan: Plan) =>
  nodes(plan)
    .filter((node) => node['Node Type'].endsWith('Scan') && node['Relation Name'])
    .map((node) => {
      const kept = node['Actual Rows'] ?? 0
      const left = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
      return (kept + left) * (node['Actual Loops'] ?? 0)
    })
    .reduce((sum, rows) => sum + rows, 0)
const brief = (text: string) => text.replaceAll(/\s+/g, ' ').trim().slice(0, 120)

test('every statement of the API that touches a growing table finds its rows by an index', async () => {
  const hot = new Set(hotStatements().map(({ text }) => text))
  const wrong: string[] = []
  const excused = new Set<string>()
  for (const { file, text } of readStatements()) {
    // What is hot is run below. Only a statement with a name is ever planned without its values.
    if (hot.has(text) && !file.endsWith('.sql')) continue
    const plan = await explain(db, 'generic_plan', text)
    const problems = scanned(plan)
    if (plan['Total Cost'] > mostCost) problems.push(`costs ${plan['Total Cost']}`)
    if (problems.length === 0) continue
    const excuse = mayScan.find((one) => one.file === file && text.includes(one.has))
    if (excuse) excused.add(excuse.why)
    else wrong.push(`${file} ${problems.join(', ')}: ${brief(text)}`)
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(
    mayScan.map(({ why }) => why).filter((why) => !excused.has(why)),
    [],
    'an exception that nothing needs any more',
  )
})

test('a hot statement looks at few rows, whichever lead it is asked for', async (t) => {
  const client = await db.connect()
  t.after(() => client.release())
  const wrong: string[] = []
  for (const { name, text, values } of hotStatements()) {
    for (const id of [7, leads / 2, leads - 20]) {
      await client.query('begin')
      const plan = await explain(client, 'analyze, timing off', text, values(filledLead(id))).catch(
        (error: Error) => assert.fail(`${name}: ${error.message}`),
      )
      await client.query('rollback')
      const problems = scanned(plan)
      const rows = rowsLookedAt(plan)
      if (rows > mostRows) problems.push(`looks at ${rows} rows`)
      if (problems.length > 0) wrong.push(`${name} (lead ${id}) ${problems.join(', ')}`)
    }
  }
  assert.deepEqual(wrong, [])
})
