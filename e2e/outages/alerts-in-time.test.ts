import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { createRedisCache } from '../../api/src/cache/redis-cache.ts'
import { loseCalendar } from '../../api/src/calendar/calendar-access.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { noteFailure } from '../../api/src/outages/note-failure.ts'
import type { Service } from '../../api/src/outages/services.ts'
import { startWork } from '../../api/src/process/work.ts'
import { addLead } from '../../api/src/testing/seed.ts'
import { noteBeat } from '../../api/src/turns/worker-beat.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { findFreePort } from '../../local/processes/ports.ts'
import { ask } from '../system.ts'
import { openOffice, quick } from '../telegram/open-office.ts'

const mostSec = 60
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
const isRoot = process.getuid?.() === 0

/** The rows of the table of docs/operations.md that the API itself can tell of. */
test(
  'each outage is provoked, and its alert is at the webhook within a minute',
  { timeout: 300_000, skip: hasRedis ? false : 'no redis-server' },
  async (t) => {
    /** When each cause was told, at whoever gets the alerts. */
    const told = new Map<string, number>()
    const owner = await listen((text) => {
      const { data } = JSON.parse(text) as { data: { cause: string; state?: string } }
      if (!told.has(data.cause)) told.set(data.cause, performance.now())
    })
    let n8nLives = true
    const n8n = await listen(
      () => {},
      () => n8nLives,
    )
    const amocrm = await startAmocrm({ port: 0, lang: 'ru', account: 'ready' })
    const redisPort = await findFreePort()
    const redis = spawn('redis-server', ['--port', `${redisPort}`, '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    })
    const cache = createRedisCache({ host: '127.0.0.1', port: redisPort }, () => {})
    const folder = mkdtempSync(join(tmpdir(), 'lead-alerts-'))
    const here = process.cwd()
    t.after(async () => {
      process.chdir(here)
      redis.kill('SIGKILL')
      await cache.close()
      await amocrm.close()
      for (const server of [owner, n8n]) {
        server.closeAllConnections()
        server.close()
      }
      if (isRoot) spawnSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    })

    const office = await openOffice(t)
    const business = { ...quick.app!.business! }
    const desk = await office.openDesk({
      variables: {
        ...quick.variables,
        N8N_URL: urlOf(n8n),
        ALERTS_WEBHOOK_SECRET: `whsec_${Buffer.from('thirty-two bytes of a secret, or').toString('base64')}`,
        BACKUP_EVERY_HOURS: '6',
        // Nothing can be written there.
        BACKUP_DIR: '/dev/null/backups',
      },
      app: {
        cache,
        business: { ...business, alerts: { ...business.alerts, webhook: { url: `${urlOf(owner)}/alerts` } } },
      },
    })
    const { db } = desk
    desk.amocrm = createAmocrm({ baseUrl: amocrm.url, token: 'any', gate: createDatabaseGate(db, 500) })
    await saveSellers(desk)
    await noteBeat(desk, randomUUID())
    await addLead(db, 1)
    while (desk.telegram.ready().length === 0) await sleep(100)
    // A backup was made, and is not due.
    await db.query(`insert into cursors (name, value) values ('backup.last', $1)`, [
      JSON.stringify({ at: new Date().toISOString(), triedAt: new Date().toISOString(), error: null }),
    ])
    const work = startWork(desk)
    t.after(() => work.stop())
    const arrived = async (cause: string) => {
      const deadline = performance.now() + mostSec * 1000
      while (!told.has(cause) && performance.now() < deadline) await sleep(100)
      return told.get(cause) ?? Infinity
    }
    // All of it has answered once, and nothing is wrong with it.
    await sleep(10_000)
    const before = [...told.keys()].filter((cause) => cause !== 'integration:disk')
    assert.deepEqual(before, [])

    const failed = async (service: Service, sinceSec: number, needsHuman = false) => {
      const failure = { service, reason: '503 no answer', leadId: null, needsHuman }
      await noteFailure(desk, db, failure)
      await db.query(`update outages set since = now() - make_interval(secs => $2) where service = $1`, [
        service,
        sinceSec,
      ])
      await noteFailure(desk, db, failure)
    }
    const outages: Record<string, () => unknown> = {
      'integration:n8n': () => (n8nLives = false),
      'integration:worker': async () => {
        await cache.delete(['n8n:beats'])
        await noteBeat({ ...desk, now: () => new Date(Date.now() - 151_000) }, randomUUID())
      },
      'provider:openai': () => failed('openai', 601),
      'provider:models': () => failed('models', 0),
      'integration:google': () => failed('google', 61),
      'integration:calendar:': () =>
        loseCalendar(desk, db, { by: 'credential', calendarId: '', reason: 'invalid_grant' }),
      'integration:telegram': () =>
        office.world.control(`accounts/${office.world.server.accounts[0]!.id}/sessions`, undefined, 'DELETE'),
      'integration:amocrm': async () => {
        const fault = { match: { path: '/api/v4/*' }, fault: { status: 401 }, times: 1000 }
        await ask(`${amocrm.url}/_sim/faults`, { json: fault })
        await findMissedLeads(desk).catch(() => {})
      },
      // The lead's turn before runs still, and does not end.
      'integration:work': () =>
        db.query(
          `insert into turns (lead_id, kind, state, run_at, lease_until, held_by)
           values (1, 'answer', 'running', now(), now() + interval '1 hour', null), (1, 'answer', 'pending', now() - interval '6 minutes', null, null)`,
        ),
    }
    if (isRoot)
      outages['integration:disk'] = () => {
        assert.equal(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status, 0)
        writeFileSync(join(folder, 'full'), Buffer.alloc(1000 * 1024))
        process.chdir(folder)
      }
    const seller = (await db.query<{ id: string }>('select id from sellers where active')).rows[0]!.id
    const provoke = async (cause: string, cut: () => unknown) => {
      const began = performance.now()
      await cut()
      const full = cause.endsWith(':') ? `${cause}${seller}` : cause
      const sec = ((await arrived(full)) - began) / 1000
      t.diagnostic(`${full}: ${sec.toFixed(1)} s`)
      return [full, sec] as const
    }
    // Alone: other trouble would have it looked for sooner.
    const old = new Date(Date.now() - 25 * 3_600_000).toISOString()
    const backup = await provoke('integration:backup', () =>
      db.query(`update cursors set value = $1 where name = 'backup.last'`, [
        JSON.stringify({ at: old, triedAt: new Date().toISOString(), error: 'ENOTDIR' }),
      ]),
    )
    const measured = await Promise.all(Object.entries(outages).map(([cause, cut]) => provoke(cause, cut)))
    measured.push(backup, await provoke('integration:cache', () => redis.kill('SIGKILL')))
    assert.deepEqual(
      measured.filter(([, sec]) => sec > mostSec),
      [],
    )
  },
)

async function listen(hear: (text: string) => void, isUp = () => true): Promise<Server> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (parts.length > 0) hear(Buffer.concat(parts).toString())
    response.writeHead(isUp() ? 200 : 503).end('{}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return server
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
