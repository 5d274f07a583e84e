import { stepLeaseMs, type TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type ClientRequest, get } from 'node:http'
import { after, beforeEach, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { takeOverFromDead } from '../process/process-life.ts'
import { addLead, claimAll, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { putOffTurn, turnIsDispatched } from './engine/engine.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
const address = await server.listen({ host: '127.0.0.1', port: 0 })
const headers = { authorization: `Bearer ${app.config.apiToken}` }
const open = new Set<ClientRequest>()
beforeEach(async () => {
  await app.wipe()
  for (const id of [1, 2, 3]) await addLead(db, id)
})
after(async () => {
  for (const one of open) one.destroy()
  await server.close()
})

/** A process of n8n that has its connection; `die` ends it as the kernel does. */
async function startN8n(id: string = randomUUID()): Promise<{ id: string; die: () => void }> {
  const asked = get(`${address}/n8n/processes/${id}`, { headers, agent: false })
  open.add(asked)
  asked.on('error', () => {})
  await new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.on('error', () => {}).resume()
      resolve(answer)
    })
  })
  await until('it is known', async () => (await processes()).some((row) => row.id === id && !row.lapses_at))
  return { id, die: () => asked.destroy() }
}
const processes = () =>
  rowsOf<{ id: string; held_by: string; lapses_at: Date | null }>(db, 'select * from n8n_processes')
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await look())) {
    if (Date.now() > end) assert.fail(`Waited for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
/** A turn that was handed to n8n. */
async function dispatched(leadId: number): Promise<TurnLease> {
  const lease = await runningTurn(db, leadId)
  await turnIsDispatched(db, lease)
  return lease
}
async function begin(lease: TurnLease, n8nProcess?: string): Promise<boolean> {
  const answer = await server.inject({
    method: 'POST',
    url: `/turns/${lease.turnId}/begin`,
    headers,
    payload: { ...lease, executionId: '7', n8nProcess },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return (answer.json() as { isOurs: boolean }).isOurs
}
const leaseSec = async ({ turnId }: TurnLease): Promise<number> => {
  const [row] = await rowsOf<{ sec: number }>(
    db,
    'select extract(epoch from lease_until - now())::float8 as sec from turns where id = $1',
    [turnId],
  )
  return row!.sec
}
const isDue = async (lease: TurnLease) => (await leaseSec(lease)) <= 0

test('when a process of n8n dies, what it thought about is due at once, and the dead execution thinks no more', async () => {
  const [dying, living] = [await startN8n(), await startN8n()]
  const [lost, kept] = [await dispatched(1), await dispatched(2)]
  assert.equal(await begin(lost, dying.id), true)
  assert.equal(await begin(kept, living.id), true)
  dying.die()
  await until('the turn of the dead one is due', () => isDue(lost))
  assert.ok((await leaseSec(kept)) > 0)
  assert.ok(app.woken.includes('turns'))
  assert.deepEqual(
    (await claimAll(db)).map(({ id, fencing }) => [id, fencing]),
    [[lost.turnId, lost.fencing + 1]],
  )
  assert.equal(await begin(lost, living.id), false, 'who is older does not even begin')
  assert.deepEqual(
    (await processes()).map(({ id }) => id),
    [living.id],
  )
})

test('what n8n was given and no execution has spoken of yet is due, too; what waits for its next try is not', async () => {
  const dying = await startN8n()
  const [given, failed] = [await dispatched(1), await dispatched(2)]
  assert.equal(await begin(failed, dying.id), true)
  await putOffTurn(db, failed, { delayMs: 60_000, reason: 'no luck', counts: true })
  dying.die()
  await until('it is due', () => isDue(given))
  assert.ok((await leaseSec(failed)) > 50)
})

test('a connection that breaks and is back means nothing', async () => {
  const first = await startN8n()
  const lease = await dispatched(1)
  await begin(lease, first.id)
  first.die()
  await until('the end is heard', async () => (await processes())[0]!.lapses_at !== null)
  await startN8n(first.id)
  // Another one dies later: when its end has had its effect, that of the first would have.
  const other = await startN8n()
  const otherLease = await dispatched(2)
  await begin(otherLease, other.id)
  other.die()
  await until('the other one is due', () => isDue(otherLease))
  assert.ok((await leaseSec(lease)) > 0)
})

test('a newer connection of a process counts, not the end of its older one', async () => {
  const first = await startN8n()
  await startN8n(first.id)
  first.die()
  const other = await startN8n()
  other.die()
  await until('the end of the other one is heard', async () =>
    (await processes()).some(({ id, lapses_at: at }) => id === other.id && at !== null),
  )
  assert.equal((await processes()).find(({ id }) => id === first.id)?.lapses_at, null)
})

test('of a dead process of the API another one has the connections; who does not come to it has died', async () => {
  const id = randomUUID()
  const lease = await dispatched(1)
  await begin(lease, id)
  await db.query('insert into n8n_processes (id, held_by) values ($1, $2)', [id, randomUUID()])
  assert.equal(await takeOverFromDead(app), 1)
  assert.equal((await processes())[0]!.held_by, app.process)
  assert.equal(await takeOverFromDead(app), 0)
  await until('the turn is due', () => isDue(lease))
})

test('a report renews the lease for one step, and only when it runs down', async () => {
  const lease = await dispatched(1)
  const seconds = stepLeaseMs / 1000
  assert.ok((await leaseSec(lease)) > seconds + 1)
  assert.equal(await begin(lease), true)
  assert.ok((await leaseSec(lease)) <= seconds)
  await db.query(`update turns set lease_until = now() + interval '1 s' where id = $1`, [lease.turnId])
  assert.equal(await begin(lease), true)
  assert.ok((await leaseSec(lease)) > seconds - 5)
  const before = await rowsOf(db, 'select xmin::text from turns')
  assert.equal(await begin(lease), true)
  assert.deepEqual(await rowsOf(db, 'select xmin::text from turns'), before)
})

test('n8n that is back gets at once what waited for it', async () => {
  const lease = await dispatched(1)
  await db.query(
    `update turns set state = 'pending', held_by = 'n8n', run_at = now() + interval '1 h', lease_until = null where id = $1`,
    [lease.turnId],
  )
  await startN8n()
  await until('what waited is due', async () => {
    const [row] = await rowsOf(db, 'select held_by is null and run_at <= now() as due from turns')
    return row?.['due'] === true
  })
  await until('the loop of turns is woken', async () => app.woken.includes('turns'))
})
