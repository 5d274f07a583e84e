/**
 * The API's door alone, in a process of its own: what it costs to accept a hook, with no loop that works it.
 * `DATABASE_URL` names the database; the address stands in one line on stdout. Ends with its stdin.
 */
import { createWriteStream } from 'node:fs'
import { pino } from 'pino'
import { createServer } from '../../api/src/http/server.ts'
import { openApp } from '../../api/src/testing/open-app.ts'

const { DATABASE_URL } = process.env
if (!DATABASE_URL) throw new Error('DATABASE_URL is not set')
// The log is written as in production; only nobody keeps it.
const app = { ...openApp(DATABASE_URL, 20), log: pino({ level: 'info' }, createWriteStream('/dev/null')) }
const server = await createServer(app)
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))
process.stdin.resume().once('end', () => process.exit())
