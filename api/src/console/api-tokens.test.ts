import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { createBrowser, signIn } from '../testing/console-client.ts'
import { isProblem } from '../testing/http-client.ts'
import { addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
after(() => server.close())
let owner: Awaited<ReturnType<typeof signIn>>
let seller: Awaited<ReturnType<typeof signIn>>
before(async () => {
  for (const id of [1, 2]) await addLead(db, id)
  await addMeeting(db, 1, offerIn(48, 'olga'))
  owner = await signIn(app, server, 'owner')
  seller = await signIn(app, server, 'seller', 'olga')
})

/** A program: no cookie, no Origin, only the key. */
async function program(of: typeof owner, scope: 'read' | 'work', days: number | null = null) {
  const made = await of.post('/console/tokens', { name: 'Our reports', scope, days })
  assert.equal(made.status, 201, made.text)
  const key = { authorization: `Bearer ${String(made.body['token'])}`, origin: undefined, cookie: undefined }
  const { ask } = createBrowser(server)
  return {
    id: Number(made.body['id']),
    token: String(made.body['token']),
    get: (url: string) => ask('GET', url, undefined, key),
    post: (url: string, body: unknown = {}) => ask('POST', url, body, key),
  }
}

test('a key sees what its person sees, and no more', async () => {
  const all = await program(owner, 'read')
  const own = await program(seller, 'read')
  assert.equal((await all.get('/console/leads/2')).status, 200)
  assert.equal((await own.get('/console/leads/1')).status, 200)
  isProblem(await own.get('/console/leads/2'), 'unknown-lead', 404)
  isProblem(
    await own.get('/console/numbers?from=2026-11-23T00:00:00Z&to=2026-11-30T00:00:00Z'),
    'forbidden',
    403,
  )
})

test('one that reads changes nothing; one that works does, in the name of its person', async () => {
  const reads = await program(owner, 'read')
  const works = await program(owner, 'work')
  isProblem(await reads.post('/console/leads/1/notes', { text: 'Hello' }), 'forbidden', 403)
  assert.equal((await works.post('/console/leads/1/control', { control: 'human' })).status, 200)
  const [lead] = await rowsOf<{ control: string; control_by: string }>(
    db,
    'select control, control_by from leads where id = 1',
  )
  assert.equal(lead?.control, 'human')
  assert.match(String(lead?.control_by), /owner/i)
})

test('access itself is given by people alone', async () => {
  const works = await program(owner, 'work')
  for (const [method, path] of [
    ['get', '/console/people'],
    ['get', '/console/tokens'],
    ['get', '/console/webhooks'],
    ['post', '/console/tokens'],
    ['post', '/console/invitations'],
    ['post', '/console/password'],
    ['post', '/console/second-factor/begin'],
    ['post', '/console/logout'],
  ] as const)
    isProblem(await works[method](path), 'forbidden', 403)
})

test('a key ends when it is dropped, has run out, or its person is shut out', async () => {
  const dropped = await program(owner, 'read')
  assert.equal((await owner.post(`/console/tokens/${dropped.id}/drop`)).status, 200)
  isProblem(await dropped.get('/console/leads'), 'signed-out', 401)
  const old = await program(owner, 'read', 1)
  await db.query(`update api_tokens set expires_at = now() - interval '1 second' where id = $1`, [old.id])
  isProblem(await old.get('/console/leads'), 'signed-out', 401)
  const of = await signIn(app, server, 'manager')
  const theirs = await program(of, 'work')
  assert.equal((await theirs.get('/console/leads')).status, 200)
  assert.equal((await owner.post(`/console/people/${of.id}`, { disabled: true })).status, 200)
  isProblem(await theirs.get('/console/leads'), 'signed-out', 401)
  isProblem(await owner.post(`/console/tokens/${theirs.id}/drop`), 'unknown-token', 404)
})

test('the key is kept nowhere, and a made-up one opens nothing, cookie or not', async () => {
  const { token } = await program(owner, 'read')
  const kept = await rowsOf<{ row: string }>(
    db,
    `select t::text as row from api_tokens t union all select a::text from audit_log a`,
  )
  assert.ok(kept.every(({ row }) => !row.includes(token)))
  const listed = await owner.get('/console/tokens')
  assert.ok(!listed.text.includes(token))
  // A wrong key beside a good cookie is a mistake, not a way in.
  isProblem(await owner.get('/console/leads', { authorization: 'Bearer lps_made-up' }), 'signed-out', 401)
})
