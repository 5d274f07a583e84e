import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createServer } from '../../api/src/http/server.ts'
import { addExecution, openExecutions } from '../../api/src/testing/n8n-executions.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { startTestApp } from '../../api/src/testing/test-app.ts'

const app = await startTestApp()
const n8n = await openExecutions(app)
const server = await createServer(app)
const api = await server.listen({ port: 0, host: '127.0.0.1' })
after(async () => {
  await server.close()
  await n8n.end()
})

/** The command as a user runs it; `shown` is what it has printed so far. */
function erase(leadId: number, waits: string) {
  const command = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../../local/commands/person.ts'),
      'erase',
      ...['--lead', String(leadId), '--yes', '--by', 'test', '--wait', waits],
      ...['--api', api, '--token', app.config.apiToken],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let shown = ''
  for (const stream of [command.stdout, command.stderr])
    stream.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  const ended = once(command, 'close').then(([code]) => ({ code: Number(code), shown }))
  const says = async (words: RegExp) => {
    while (!words.test(shown)) await Promise.race([once(command.stderr, 'data'), once(command, 'exit')])
  }
  return { ended, says }
}
const leads = () => rowsOf<{ id: number }>(app.db, 'select id from leads order by id')

test('an erasure says what it waits for, is done once that has ended, and gives up at its time with nothing deleted', async () => {
  await addLead(app.db, 1)
  const running = await addExecution(n8n, '[]', {
    status: 'running',
    startedAt: new Date(Date.now() - 1000),
  })
  const gaveUp = await erase(1, '0').ended
  assert.equal(gaveUp.code, 1)
  assert.match(gaveUp.shown, /n8n still runs 1 execution[^]*Nothing was deleted after \d+ s[^]*--n8n-by-hand/)
  assert.deepEqual(await leads(), [{ id: 1 }])
  const { ended, says } = erase(1, '120')
  await says(/n8n still runs 1 execution\(s\) from before \(\d+ s of at most 120 s\)/)
  await n8n.query(`update execution_entity set status = 'success' where id = $1`, [running])
  const done = await ended
  assert.equal(done.code, 0, done.shown)
  assert.match(done.shown, /Erased, number \d+/)
  assert.deepEqual(await leads(), [])
})
