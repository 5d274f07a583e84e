import { type Operation, type Proposal, salesVersion, type Turn, turnSchema } from '@lead/contract'
import type { PlaygroundTalk } from '@lead/contract/console'
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { signIn } from '../testing/console-client.ts'
import { offerIn, proposal, rowsOf } from '../testing/seed.ts'
import { startStandInN8n } from '../testing/stand-in-n8n.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'

/** Takes turns as n8n's webhook does; the tests report what an execution would. */
const taken: Turn[] = []
const n8n = await startStandInN8n((_path, turn) => void taken.push(turnSchema.parse(turn)))
const app = await startTestApp({ config: testConfig({ N8N_URL: n8n.url }) })
const server = await createServer(app)
const manager = await signIn(app, server, 'manager')
const other = await signIn(app, server, 'owner')
after(async () => {
  await server.close()
  await n8n.close()
})

const say = async (id: string | null, text: string | null) =>
  (await manager.post('/console/playground', { id, text, language: 'ru' })) as unknown as {
    status: number
    body: PlaygroundTalk
  }
const read = async (id: string) =>
  (await manager.get(`/console/playground/${id}`)).body as unknown as PlaygroundTalk
const newest = () => taken.at(-1) ?? assert.fail('n8n got no turn')

async function report(turn: Turn, operation: Operation, data: object = {}, rehearsed: unknown = null) {
  const answer = await server.inject({
    method: 'POST',
    url: `/rehearsals/${turn.turn.rehearsal}/${operation}`,
    headers: { authorization: `Bearer ${app.config.apiToken}` },
    payload: { ...data, turnId: turn.turn.id, fencing: turn.turn.fencing, rehearsed },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<{ outcome?: string; problem?: string; rehearsed: unknown }>()
}

/** What an execution does whose proposal is taken. */
async function finish(turn: Turn, given: Proposal): Promise<void> {
  const { outcome, rehearsed } = await report(turn, 'journal', given)
  assert.equal(outcome, 'accepted')
  await report(turn, 'act', {}, rehearsed)
}

const everything = async () => {
  const tables = await rowsOf<{ name: string }>(
    app.db,
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
  )
  return JSON.stringify(
    await Promise.all(
      tables.map(async ({ name }) => rowsOf(app.db, `select * from ${name} t order by t::text`)),
    ),
  )
}

test('a talk goes to a booking: each turn knows what was said before, and no table knows of it', async () => {
  const before = await everything()
  const { id, state } = (await say(null, null)).body
  assert.equal(state, 'thinking')
  assert.equal(newest().turn.kind, 'first_touch')
  await finish(newest(), proposal({ reply: 'Добрый день! Чем занимаетесь?' }))
  assert.equal((await read(id)).state, 'idle')

  await say(id, 'Заявки теряются. Можно во вторник?')
  const asked = newest()
  assert.deepEqual(
    [
      asked.turn.kind,
      asked.brief.newMessages.map(({ text }) => text),
      asked.brief.history.map(({ from }) => from),
    ],
    ['answer', ['Заявки теряются. Можно во вторник?'], ['assistant']],
  )
  assert.equal(asked.brief.standing.answers, 1)
  const offers = [offerIn(48, 'olga'), offerIn(50, 'olga')]
  const heard = proposal({ action: 'offer_times', reply: 'Есть время: [TIMES] Какое удобнее?' }, { offers })
  await finish(asked, {
    ...heard,
    classification: {
      ...heard.classification!,
      facts: { need: 'Заявки теряются', budget: 'миллион', timeline: null, authority: null, email: null },
    },
  })
  const offered = await read(id)
  // A fact that stands in no message was made up.
  assert.deepEqual(offered.facts, { need: 'Заявки теряются' })
  assert.equal(offered.stage, 'qualified')
  assert.match(offered.lines.at(-1)?.text ?? '', /1\) .*\n2\) /)

  await say(id, 'второй вариант')
  assert.equal(newest().calendar.picked, offers[1]?.id)
  await finish(
    newest(),
    proposal({ action: 'book', offerId: offers[1]!.id, reply: 'Записала: [MEETING]' }, { offers }),
  )
  const booked = await read(id)
  assert.equal(booked.stage, 'booked')
  assert.deepEqual(booked.lines.at(-1)?.thought?.action, 'book')
  assert.equal(booked.lines.at(-1)?.thought?.google.length, 4)

  await say(id, 'Спасибо')
  assert.equal(Date.parse(newest().calendar.meeting!.start), Date.parse(offers[1]!.start))
  assert.ok(newest().brief.meeting)
  await finish(newest(), proposal({ reply: 'До встречи!' }))
  assert.equal(await everything(), before)
  assert.deepEqual(app.woken, [])
})

test('a changed prompt is tried for one talk, all of it; one for another schema is refused', async () => {
  const prompt = `Prompt: ${salesVersion}\n\nBe short.`
  const begin = (body: object) =>
    manager.post('/console/playground', { id: null, text: 'Привет', language: 'ru', ...body })
  const { id } = (await begin({ prompt })).body as unknown as PlaygroundTalk
  assert.equal(newest().models.salesPrompt, prompt)
  await finish(newest(), proposal({ reply: 'Добрый день!' }))
  await say(id, 'И ещё')
  assert.equal(newest().models.salesPrompt, prompt)
  await begin({})
  assert.equal(newest().models.salesPrompt, null)
  const refused = await begin({ prompt: 'Prompt: sales/1\n\nBe short.' })
  assert.equal(refused.status, 400)
  assert.match(refused.text, /must begin with the line/)
})

test('what a rule refuses is thought again twice, then our own words take its place; the reasons are shown', async () => {
  const { id } = (await say(null, 'Дайте скидку')).body
  const bad = proposal({ reply: 'Скидка 90% только на http://evil.example' })
  for (const _ of [1, 2]) assert.equal((await report(newest(), 'journal', bad)).outcome, 'again')
  await finish(newest(), bad)
  const { lines } = await read(id)
  const { thought, text } = lines.at(-1)!
  assert.equal(thought?.origin, 'fallback')
  assert.equal(thought?.refused.length, 2)
  assert.ok(!text.includes('evil'))
})

test('an older execution changes nothing; a turn that n8n gives back says why, and one may go on', async () => {
  const { id } = (await say(null, 'Раз')).body
  const first = newest()
  assert.equal((await say(id, 'Два')).status, 409)
  await report(first, 'fail', { reason: 'both vendors are away' })
  assert.deepEqual([(await read(id)).state, (await read(id)).problem], ['failed', 'both vendors are away'])
  await say(id, 'Два')
  assert.equal((await report(first, 'journal', proposal())).outcome, 'superseded')
  assert.equal((await read(id)).state, 'thinking')
  assert.deepEqual(
    newest().brief.newMessages.map(({ text }) => text),
    ['Раз', 'Два'],
  )
})

test('whoever hands over is silent afterwards; a talk is its own person’s, and n8n away is said at once', async () => {
  const { id } = (await say(null, 'Позовите человека')).body
  await finish(newest(), proposal({ action: 'handoff', reply: 'Передаю коллеге.' }))
  assert.equal((await read(id)).state, 'handed_off')
  assert.equal((await say(id, 'Ау')).status, 409)
  assert.equal((await other.get(`/console/playground/${id}`)).status, 404)
  assert.equal((await other.post('/console/playground', { id, text: 'x', language: 'ru' })).status, 404)
  await n8n.close()
  const { body } = await say(null, 'Есть кто?')
  assert.equal(body.state, 'failed')
  assert.match(body.problem ?? '', /n8n was not reached/)
})
