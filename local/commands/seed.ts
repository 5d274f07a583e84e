import { migrate } from '../../api/src/database/migrate.ts'
import { openDatabase } from '../../api/src/database/pool.ts'
import { fillDatabase, linesPerLead } from '../../api/src/testing/fill-database.ts'
import { openServer } from '../postgres/open-server.ts'
import { loadConfig } from '../settings/config.ts'
import { requireNotRunning } from '../system/system-lock.ts'
import { createProgress, fail, readOptions } from './command-line.ts'

const sizes = { small: 1_000, big: 200_000 }

const help = `
npm run seed -- [options]

Fills an empty database with conversations that nobody had, to see the console and the queries at the size of years: ${sizes.small.toLocaleString('en')} of
them, ${linesPerLead} messages each. Refuses while the system runs, and where a lead is kept. Look at it with \`npm start -- --no-demo --data FOLDER\`;
\`npm run bench -- console\` measures it.

  --big            ${sizes.big.toLocaleString('en')} conversations and ${(sizes.big * linesPerLead).toLocaleString('en')} messages: some minutes and 5 GB
  --data FOLDER    the data folder (default: .data)
  --help           this text
`

const options = readOptions(help, { big: { type: 'boolean' }, data: { type: 'string' } })

try {
  const config = loadConfig(options.data ? { dataDir: options.data } : {})
  requireNotRunning(config.dataDir)
  const server = await openServer(config)
  const log = createProgress((line) => console.log(line))
  const db = openDatabase(server.databaseUrl, 2)
  db.on('error', () => {})
  try {
    db.options.statement_timeout = 0
    await migrate(server.databaseUrl)
    const { rows } = await db.query('select from leads limit 1')
    if (rows.length > 0)
      throw new Error(
        `${config.dataDir} has leads already. Nothing was changed; name another folder with --data.`,
      )
    const leads = options.big ? sizes.big : sizes.small
    await fillDatabase(db, leads, log)
    log(
      `${leads.toLocaleString('en')} conversations, ${(leads * linesPerLead).toLocaleString('en')} messages in ${config.dataDir}`,
    )
  } finally {
    await db.end()
    await server.close()
  }
} catch (error) {
  fail(error)
}
