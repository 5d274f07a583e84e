import {
  type Operation,
  operationNames,
  operations,
  type Rehearsal,
  rehearsalNames,
  rehearsedSchema,
  turnSchema,
} from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createServer } from '../http/server.ts'
import { exampleBusiness } from '../testing/business.ts'
import { proposal } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { rehearse } from './rehearse.ts'
import { rehearsalTurn } from './rehearsal-turn.ts'

const now = new Date('2031-02-03T07:00:00Z')
/** All that a rehearsal can reach. */
const ports = { business: exampleBusiness, config: testConfig(), now: () => now }
const turnOf = (name: Rehearsal) => rehearsalTurn(ports, name).body
const steps = operationNames.filter((name) => operations[name].ofTurn)

for (const name of rehearsalNames) {
  test(`${name}: the turn and every answer are what the contract says`, () => {
    const { body } = rehearsalTurn(ports, name)
    assert.deepEqual(turnSchema.parse(body), body)
    const { offered } = body.calendar
    const sales = offered[1]
      ? { action: 'book' as const, offerId: offered[1].id, reply: 'Записываю: [MEETING]' }
      : { action: 'talk' as const, reply: 'Добрый день! Чем занимаетесь?' }
    let { rehearsed } = rehearse(ports, body, 'journal', {
      rehearsed: null,
      data: proposal(sales, { offers: offered }),
    })
    for (const operation of steps) {
      const data = operation === 'journal' ? proposal(sales, { offers: offered }) : {}
      const answer = rehearse(ports, body, operation, { rehearsed, data })
      assert.ok(operations[operation].answer.safeParse(answer).success, operation)
      rehearsed = rehearsedSchema.loose().parse(JSON.parse(JSON.stringify(answer))).rehearsed
    }
  })
}

const answer = (operation: Operation, rehearsed: ReturnType<typeof rehearse>['rehearsed']) =>
  rehearse(ports, turnOf('booking'), operation, { rehearsed, data: {} }).would

test('a booking says which requests, which words and which stage there would be', () => {
  const { offered } = rehearsalTurn(ports, 'booking').body.calendar
  const wanted = offered[1] ?? assert.fail('no times')
  const { rehearsed } = rehearse(ports, turnOf('booking'), 'journal', {
    rehearsed: null,
    // The model took another one than the second: code knows better, as in earnest.
    data: proposal({ action: 'book', offerId: offered[0]?.id ?? null, reply: 'Ок' }, { offers: offered }),
  })
  assert.equal(rehearsed?.sales.offerId, wanted.id)
  const { askGoogle } = answer('calendar', rehearsed) as {
    askGoogle: { method: string; request: { calendarId: string; body?: { start?: { dateTime: string } } } }[]
  }
  assert.deepEqual(
    askGoogle.map(({ method }) => method),
    ['GET', 'POST', 'POST', 'GET'],
  )
  assert.equal(Date.parse(askGoogle[2]?.request.body?.start?.dateTime ?? ''), Date.parse(wanted.start))
  assert.ok(String(answer('send', rehearsed)['writeInTelegram']).includes(wanted.label.slice(-5)))
  assert.deepEqual((answer('updateCrm', rehearsed)['writeOnTheCard'] as { stage: string }).stage, 'booked')
  // One step that does all of it says all of it.
  assert.deepEqual(answer('act', rehearsed), {
    askGoogle,
    ...answer('send', rehearsed),
    ...answer('updateCrm', rehearsed),
    endTheTurn: true,
  })
})

test('what may not be said is named, and our own words take its place', () => {
  const { rehearsed, would } = rehearse(ports, turnOf('wish'), 'journal', {
    rehearsed: null,
    data: proposal({ action: 'talk', reply: 'Скидка 90% только на http://evil.example' }),
  })
  assert.equal(rehearsed?.origin, 'fallback')
  assert.match(JSON.stringify(would), /insteadOfTheModels/)
})

test('a whole rehearsal over HTTP leaves every table as it was and wakes nobody', async () => {
  const app = await startTestApp()
  const server = await createServer(app)
  const { rows: tables } = await app.db.query<{ name: string }>(
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const look = async () =>
    JSON.stringify(
      await Promise.all(
        tables.map(async ({ name }) => (await app.db.query(`select * from ${name} t order by t::text`)).rows),
      ),
    )
  const post = async (path: string, payload: object = {}) => {
    const response = await server.inject({
      method: 'POST',
      url: `/rehearsals/${path}`,
      headers: { authorization: `Bearer ${app.config.apiToken}` },
      payload,
    })
    return { status: response.statusCode, body: response.json() as Record<string, unknown> }
  }
  // What n8n's Test button of the credential asks.
  const asked = await server.inject({
    method: 'POST',
    url: '/rehearsals/first_touch',
    headers: { authorization: 'Bearer wrong' },
  })
  assert.equal(asked.statusCode, 401)
  assert.equal((await post('first_touch')).status, 200)
  const before = await look()
  for (const name of rehearsalNames) {
    const turn = turnSchema.parse((await post(name)).body['body'])
    const [, second] = turn.calendar.offered
    const sales = second ? { action: 'book' as const, offerId: second.id } : { action: 'talk' as const }
    let rehearsed: unknown = null
    for (const operation of steps) {
      const data = operation === 'journal' ? proposal(sales, { offers: turn.calendar.offered }) : {}
      const { status, body } = await post(`${name}/${operation}`, { ...data, rehearsed })
      assert.equal(status, 200, `${operation}: ${JSON.stringify(body)}`)
      rehearsed = body['rehearsed']
    }
    assert.equal((await post(`${name}/journal`, { sales: 'nonsense' })).status, 400)
  }
  assert.equal(await look(), before)
  assert.deepEqual(app.woken, [])
  // Should a report of a rehearsal go to a real address, there is no such turn.
  const lost = await server.inject({
    method: 'POST',
    url: `/turns/${rehearsalTurn(app, 'wish').body.turn.id}/complete`,
    headers: { authorization: `Bearer ${app.config.apiToken}` },
    payload: { turnId: rehearsalTurn(app, 'wish').body.turn.id, fencing: 1 },
  })
  assert.equal(lost.statusCode, 404)
  await server.close()
})
