import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { startAmocrmAccount } from './account.ts'
import { hookBodies } from './hook-bodies.ts'

const fuzzed = Number(process.env['FUZZED_HOOKS'] ?? 1000)

describe('hooks of every kind', async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  await meetAccount(app)
  const post = async (body: string | Buffer, url = amo.hookUrl) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    return { status: answer.status, text: await answer.text() }
  }
  const states = () =>
    rowsOf<{ state: string; n: number }>(
      app.db,
      'select state, count(*)::int as n from inbox_events group by state order by state',
    )

  test('all kinds, of amoCRM, of Kommo and of old accounts, are stored and understood', async () => {
    for (const [name, body] of hookBodies) assert.equal((await post(body)).status, 200, name)
    await amo.quiet()
    assert.deepEqual(await states(), [{ state: 'processed', n: hookBodies.length }])
    const again = await post(hookBodies[0]![1])
    assert.deepEqual([again.status, JSON.parse(again.text)], [200, { stored: true, duplicate: true }])
  })

  test('a stale hook, a doubled one and hooks out of order end in what the card says now', async () => {
    const id = await amo.newLead({ phone: '+79990005501' })
    const hook = (action: string, statusId: number, at: number) =>
      `account[id]=31000001&leads[${action}][0][id]=${id}&leads[${action}][0][status_id]=${statusId}&leads[${action}][0][pipeline_id]=3000&leads[${action}][0][updated_at]=${at}`
    await post(hook('add', 3002, 1))
    await amo.leadIs('it is known', id, () => true)
    await amo.control(`/leads/${id}/move`, { statusId: 3004 })
    await Promise.all([
      post(hook('status', 3003, 5)),
      post(hook('status', 143, 3)),
      post(hook('status', 3004, 9)),
      post(hook('delete', 3003, 2)),
      post(hook('status', 3003, 5)),
    ])
    await amo.quiet()
    const lead = (await amo.lead(id))!
    assert.deepEqual(
      [lead.status_id, lead.stage, lead.control, lead.card_gone_at],
      [3004, 'qualified', 'ai', null],
    )
  })

  test('a hook of another account is put aside', async () => {
    assert.equal((await post('account[id]=999&leads[add][0][id]=777')).status, 200)
    await amo.quiet()
    const [event] = await rowsOf<{ state: string; reason: string }>(
      app.db,
      'select state, reason from inbox_events order by id desc limit 1',
    )
    assert.equal(event!.state, 'unreadable')
    assert.match(event!.reason, /account 999/)
  })

  for (const [name, body] of [
    ['a key of the language', 'leads[__proto__][0][id]=1'],
    ['another', 'leads[add][constructor][prototype][id]=1'],
    ['too deep', `leads${'[a]'.repeat(20)}=1`],
    ['nothing', ''],
  ] as const) {
    test(`refused at the door: ${name}`, async () => {
      const { status, text } = await post(body)
      assert.equal(status, 400)
      assert.doesNotMatch(text, new RegExp(app.config.amocrm.webhookSecret))
    })
  }

  test('a body that is too large is refused, a wrong secret too', async () => {
    assert.equal((await post(`leads[add][0][id]=1&x=${'a'.repeat(1_100_000)}`)).status, 413)
    assert.equal((await post('leads[add][0][id]=1', amo.hookUrl.replace(/.$/, '!'))).status, 403)
  })

  test(`${fuzzed} broken bodies: never a 5xx, nothing that hangs, the leads as they were`, async () => {
    const before = await rowsOf(app.db, 'select id, stage, control, status_id from leads order by id')
    const random = seeded(20_261)
    const statuses = new Set<number>()
    for (let count = 0; count < fuzzed; count += 20) {
      const bodies = Array.from({ length: 20 }, () => broken(random))
      for (const { status } of await Promise.all(bodies.map((body) => post(body)))) statuses.add(status)
    }
    assert.deepEqual(
      [...statuses].filter((status) => status !== 200 && status !== 400),
      [],
    )
    assert.ok(statuses.has(200) && statuses.has(400))
    await amo.quiet()
    const bad = await rowsOf(
      app.db,
      `select reason from inbox_events where state not in ('processed', 'unreadable') limit 5`,
    )
    assert.deepEqual(bad, [])
    assert.deepEqual(
      await rowsOf(app.db, 'select id, stage, control, status_id from leads order by id'),
      before,
    )
  })
})

/** The same numbers from 0 to 1 each time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff
    return state / 0x7f_ff_ff_ff
  }
}

/** A known body with one to five injuries: bytes lost, doubled, changed, ends cut, hostile parts put in. */
function broken(random: () => number): Buffer {
  const pick = <Item>(list: readonly Item[]) => list[Math.floor(random() * list.length) % list.length]!
  let bytes = Buffer.from(pick(hookBodies)[1])
  const inserts = [
    '%00',
    '%',
    '%ZZ',
    '[',
    ']',
    '[]',
    '&&',
    '=',
    '__proto__',
    '%F0%9F',
    '\uFFFF',
    '-1',
    '1e309',
    '9'.repeat(30),
    "';--",
  ]
  const injuries = 1 + Math.floor(random() * 5)
  for (let count = 0; count < injuries; count++) {
    const at = Math.floor(random() * bytes.length)
    const to = Math.min(bytes.length, at + Math.floor(random() * 20))
    const kind = Math.floor(random() * 5)
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (kind === 0) bytes = Buffer.concat([head, bytes.subarray(to)])
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, to), tail])
    else if (kind === 2)
      bytes = Buffer.concat([head, Buffer.from([Math.floor(random() * 256)]), bytes.subarray(at + 1)])
    else if (kind === 3) bytes = Buffer.concat([head, Buffer.from(pick(inserts)), tail])
    else bytes = Buffer.from(head.length > 10 ? head : tail)
  }
  return bytes
}
