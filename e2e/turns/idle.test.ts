import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { startProcessLife } from '../../api/src/process/process-life.ts'
import { startWork } from '../../api/src/process/work.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { noteBeat } from '../../api/src/turns/worker-beat.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { ask } from '../system.ts'
import { openOffice, quick, say, until } from '../telegram/open-office.ts'

/** One, and what is asked once in a minute or two: it falls into the window or not. */
const mostPerSecond = 1.2
const watchedSec = 60

/** Every statement of this process, on whatever connection. */
const asked: string[] = []
const query = Client.prototype.query as (...given: unknown[]) => unknown
Client.prototype.query = function (this: Client, ...given: unknown[]) {
  const [first] = given
  asked.push(
    (typeof first === 'string' ? first : (first as { text: string }).text).replaceAll(/\s+/g, ' ').trim(),
  )
  return query.apply(this, given)
} as Client['query']

test(
  'an API that has nothing to do asks PostgreSQL about once a second, and is there at once',
  { timeout: 180_000 },
  async (t) => {
    const office = await openOffice(t)
    const amocrm = await startAmocrm({ port: 0, lang: 'ru', account: 'ready' })
    await ask(`${amocrm.url}/_sim/limits`, { json: { perSecond: null } })
    // n8n as far as it is looked after: nobody needs to be told of anything.
    const n8n = createServer((_request, response) => response.end('{}'))
    await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve))
    const N8N_URL = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`
    const desk = await office.openDesk({ ...quick, variables: { ...quick.variables, N8N_URL } })
    const worker = randomUUID()
    const beats = setInterval(() => void noteBeat(desk, worker), 30_000)
    t.after(() => clearInterval(beats))
    await noteBeat(desk, worker)
    desk.amocrm = createAmocrm({ baseUrl: amocrm.url, token: 'any', gate: createDatabaseGate(desk.db, 500) })
    const life = startProcessLife(desk.db, desk.log, desk.wake)
    desk.process = life.id
    desk.wake = life.wake
    await saveSellers(desk)
    const work = startWork(desk)
    t.after(async () => {
      await work.stop()
      await life.close()
      await amocrm.close()
      n8n.close()
    })
    const person = await office.world.addPerson({ firstName: 'Ольга', username: 'person_1' })
    await addLead(desk.db, 1, { telegram_username: 'person_1' })
    // What a start does once is over.
    await sleep(5000)
    asked.length = 0
    await sleep(watchedSec * 1000)
    const perSecond = asked.length / watchedSec
    const counts = Object.entries(Object.groupBy(asked, (text) => text.slice(0, 110)))
      .map(([text, all]) => `${all?.length} ${text}`)
      .toSorted((one, other) => Number.parseInt(other) - Number.parseInt(one))
    t.diagnostic(`${perSecond.toFixed(2)} statements a second`)
    if (process.env['SHOW_STATEMENTS']) console.log(counts.join('\n'))
    // Somebody would be told of trouble; then this is not idle.
    // The disk of whoever runs this is their own matter.
    assert.deepEqual(
      await rowsOf(desk.db, `select cause, detail from alerts where cause <> 'integration:disk'`),
      [],
    )
    assert.ok(perSecond <= mostPerSecond, `${perSecond.toFixed(2)} a second\n${counts.join('\n')}`)

    const began = performance.now()
    await say(desk, 1, 'Здравствуйте!')
    desk.wake.up('telegram')
    await until('the person reads it', async () =>
      (await office.world.journal('message')).some(({ text }) => text === 'Здравствуйте!'),
    )
    t.diagnostic(
      `${person.id} reads a message ${Math.round(performance.now() - began)} ms after it was queued`,
    )
  },
)
