import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { openDatabase } from './pool.ts'
import { waitForDatabase } from './wait-for-database.ts'

const { url, stop } = await startTestDatabase()
after(stop)
const log = pino({ level: 'silent' })

test('a database that answers is not waited for; one that never does ends the waiting with its error', async () => {
  const there = openDatabase(url)
  there.on('error', () => {})
  await waitForDatabase(there, log)
  await there.end()
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none')
  await assert.rejects(waitForDatabase(away, log, 300), /ECONNREFUSED/)
  await away.end()
})
