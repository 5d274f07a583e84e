import { migrate } from '../../api/src/database/migrate.ts'
import { type Database, inTransaction, openDatabase } from '../../api/src/database/pool.ts'
import { fillDatabase, linesPerLead, settleDatabase } from '../../api/src/testing/fill-database.ts'
import { openServer } from '../postgres/open-server.ts'
import { loadConfig } from '../settings/config.ts'
import { requireNotRunning } from '../system/system-lock.ts'
import { abortOnSignals, createProgress, fail, readOptions } from './command-line.ts'

const sizes = { small: 1_000, big: 200_000 }
const bytesPerLead = 20_500

const help = `
npm run seed -- [options]

Fills an empty database with conversations that nobody had, to see the console and the queries at the size of years: ${sizes.small.toLocaleString('en')} of
them, ${linesPerLead} messages each. Refuses while the system runs, and where a lead is kept. All or nothing: Ctrl-C leaves the database as it was.
Look at it with \`npm start -- --no-demo --data FOLDER\`; \`npm run bench -- console\` measures it.

  --big            ${sizes.big.toLocaleString('en')} conversations and ${(sizes.big * linesPerLead).toLocaleString('en')} messages: some minutes and 4 GB
  --data FOLDER    the data folder (default: .data)
  --help           this text
`

const options = readOptions(help, { big: { type: 'boolean' }, data: { type: 'string' } })
const signal = abortOnSignals()
const stillMs = 10_000
const leads = options.big ? sizes.big : sizes.small

/** All or nothing, whatever ends it: a database without half of its indexes would look like one. */
async function fill(db: Database, say: (line: string) => void): Promise<void> {
  let doing = 'tables'
  const still = setInterval(() => {
    db.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes').then(
      ({ rows }) => {
        const megabytes = ((rows[0]?.bytes ?? 0) / 1e6).toFixed(0)
        const of = ((leads * bytesPerLead) / 1e6).toFixed(0)
        say(`still at it: ${doing}, ${megabytes} of about ${of} MB`)
      },
      () => {},
    )
  }, stillMs)
  try {
    // One that was ended on its way has left its space behind.
    await settleDatabase(db)
    await inTransaction(db, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      signal.addEventListener('abort', () => {
        db.query('select pg_terminate_backend($1)', [rows[0]?.pid]).catch(() => {})
      })
      signal.throwIfAborted()
      await tx.query(`set local maintenance_work_mem = '256MB'`)
      await fillDatabase(tx, leads, (part) => {
        doing = part
        say(part)
      })
    })
    say('statistics')
    doing = 'statistics'
    await settleDatabase(db)
  } finally {
    clearInterval(still)
  }
}

try {
  const config = loadConfig(options.data ? { dataDir: options.data } : {})
  requireNotRunning(config.dataDir)
  const server = await openServer(config)
  const say = createProgress((line) => console.log(line))
  const db = openDatabase(server.databaseUrl, 3)
  db.on('error', () => {})
  try {
    db.options.statement_timeout = 0
    await migrate(server.databaseUrl)
    const { rows } = await db.query('select from leads limit 1')
    if (rows.length > 0)
      throw new Error(
        `${config.dataDir} has leads already. Nothing was changed; name another folder with --data.`,
      )
    await fill(db, say)
    say(
      `${leads.toLocaleString('en')} conversations, ${(leads * linesPerLead).toLocaleString('en')} messages in ${config.dataDir}`,
    )
  } finally {
    await db.end()
    await server.close()
  }
} catch (error) {
  if (signal.aborted) {
    console.error('\nEnded before it was done: nothing of it was kept. The same command begins again.')
    process.exitCode = 130
  } else fail(error)
}
