import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Client } from 'pg'
import { type PlayedLead, playLead } from '../../local/demo/play-lead.ts'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'

type Entry = { n: number; kind: string } & Record<string, unknown>

describe('one lead, all the way, through the real n8n', () => {
  let system: System
  let token: string
  before(async () => {
    system = await startTestSystem()
    token = system.config.settings.API_TOKEN
  })
  after(() => system.stop())

  const journal = async (of: 'amocrm' | 'telegram' | 'google' | 'llm') =>
    ((await ask(`${system.urls[of]}/_sim/journal`)).body as { entries: Entry[] }).entries
  const story = async (leadId: number) =>
    (await ask(`${system.urls.api}/conversation/${leadId}`, { token })).body as {
      lead: { stage: string }
      messages: { direction: string; author: string; text: string; status: string }[]
      turns: { kind: string; state: string; decision: { sales: { action: string } } }[]
      meetings: { status: string; googleEventId: string; startsAt: string }[]
      deliveries: { state: string }[]
    }

  for (const [lang, what] of [
    ['ru', 'booking'],
    ['en', 'reschedule'],
  ] as const) {
    test(`the demo lead is served and the card follows (${lang}, ${what})`, async () => {
      const played = await playLead({ urls: system.urls, lang, story: what, print: () => {} })
      assert.equal(played.booked, true)
      assert.equal(played.moved, what === 'reschedule')
      assert.equal(played.crmUpdated, true)
      const cyrillic = played.messages
        .filter((message) => message.from === 'seller')
        .map(({ text }) => /[а-я]/i.test(text))
      assert.ok(cyrillic.length >= 3)
      assert.ok(cyrillic.every((is) => is === (lang === 'ru')))
      await agree(played)
    })
  }

  /** What the lead's phone shows, the journals, the calendar, the card and PostgreSQL tell one story. */
  async function agree(played: PlayedLead): Promise<void> {
    const { leadId, personId, event } = played
    const told = await until('the last delivery is noted', async () => {
      const now = await story(leadId)
      const talk = now.turns.filter((turn) => turn.kind === 'first_touch' || turn.kind === 'answer')
      const settled = [...now.deliveries, ...talk].every((row) => row.state === 'done')
      return settled ? now : null
    })
    assert.equal(told.lead.stage, 'booked')
    assert.deepEqual(
      told.messages.map(({ direction, text }) => ({ from: direction === 'in' ? 'person' : 'seller', text })),
      played.messages.map(({ from, text }) => ({ from, text })),
    )
    assert.ok(told.messages.every((message) => message.status === 'delivered'))

    const seen = (await journal('telegram')).filter(
      (entry) => entry.kind === 'message' && entry['personId'] === personId,
    )
    assert.deepEqual(
      seen.map((entry) => entry['text']),
      played.messages.map((message) => message.text),
    )
    const inserted = (await journal('google')).filter(
      (entry) => entry.kind === 'event.insert' && entry['id'] === event?.id,
    )
    assert.equal(inserted.length, 1)
    assert.deepEqual(
      told.meetings.map((meeting) => [meeting.status, meeting.googleEventId, Date.parse(meeting.startsAt)]),
      [['booked', event?.id, Date.parse(event?.start ?? '')]],
    )
    assert.match(event?.id ?? '', /^[0-9a-f]{40}$/)

    const { rows } = await query(
      system,
      `select (select count(*)::int from leads where id = $1) as leads,
      (select count(*)::int from conversations where lead_id = $1) as conversations`,
      [leadId],
    )
    assert.deepEqual(rows[0], { leads: 1, conversations: 1 })

    const card = (await ask(`${system.urls.amocrm}/_sim/leads/${leadId}`)).body as {
      status: string
      notes: { params: { text: string } }[]
      tasks: { is_completed: boolean }[]
    }
    assert.match(card.status, /Встреча назначена/)
    assert.deepEqual(
      card.tasks.map((task) => task.is_completed),
      played.moved ? [true, false] : [false],
      'one task is open: that of the time that counts',
    )
    // What was said up to the booking is one note; what comes after it follows when the conversation rests.
    const noted = await until('the conversation on the card', async () => {
      const { notes } = (await ask(`${system.urls.amocrm}/_sim/leads/${leadId}`)).body as typeof card
      return notes.length > 0 ? notes.map(({ params }) => params.text).join('\n') : null
    })
    for (const { text } of played.messages.slice(0, 3)) assert.ok(noted.includes(text.split('\n')[0]!), noted)
    assert.ok((await journal('llm')).some((entry) => entry['prompt'] === 'classifier/2'))
  }

  test('the three endpoints of the order answer, and say what is wrong', async () => {
    const { api } = system.urls
    const status = await ask(`${api}/telegram/userbot`, { token, json: { action: 'status' } })
    assert.equal(status.status, 200)
    assert.equal((status.body as { state: string }).state, 'online')

    assert.equal((await ask(`${api}/telegram/userbot`, { json: { action: 'status' } })).status, 401)
    for (const [path, json] of [
      ['/telegram/userbot', { action: 'send', leadId: 1, text: 'hello' }],
      ['/amocrm/update', { leadId: 1, note: 'hello' }],
      ['/conversation/1', undefined],
    ] as const) {
      const answer = await ask(`${api}${path}`, { token, json })
      assert.equal(answer.status, 404, path)
      assert.match(answer.type, /application\/problem\+json/)
      assert.equal((answer.body as { type: string }).type, '/problems/unknown-lead')
    }
    const bad = await ask(`${api}/amocrm/update`, { token, json: { leadId: 'x', note: 'hello' } })
    assert.equal(bad.status, 400)
    assert.equal((bad.body as { errors: { field: string }[] }).errors[0]?.field, 'leadId')
  })

  test('a hook is answered with 2xx only when it was stored', async () => {
    const hook = `${system.urls.n8n}/webhook/lead-intake/amocrm`
    const secret = system.config.settings.AMOCRM_WEBHOOK_SECRET
    const count = async () =>
      (
        await query(
          system,
          // The account's own hooks come meanwhile.
          `select count(*)::int as n from inbox_events
           where convert_from(body, 'utf8') in ('leads%5Bupdate%5D%5B0%5D%5Bid%5D=7', 'leads[add][0][id]=8', 'nonsense')`,
        )
      ).rows[0].n as number
    assert.equal((await ask(`${hook}/${secret}`, { form: 'leads%5Bupdate%5D%5B0%5D%5Bid%5D=7' })).status, 200)
    assert.equal(await count(), 1)
    assert.equal((await ask(`${hook}/wrong-secret-0123456789`, { form: 'leads[add][0][id]=8' })).status, 403)
    assert.equal((await ask(`${hook}/${secret}`, { form: 'nonsense' })).status, 400)
    assert.equal(await count(), 1)
  })

  test('a stranger to the CRM who writes is not answered', async () => {
    const person = (await ask(`${system.urls.telegram}/_sim/people`, { json: { firstName: 'Stranger' } }))
      .body as { id: number }
    await ask(`${system.urls.telegram}/_sim/people/${person.id}/say`, { json: { text: 'Hello' } })
    await until('the message was understood', async () => {
      const { rows } = await query(
        system,
        `select from inbox_events where source = 'telegram' and state = 'processed' and reason = 'nobody known'`,
      )
      return rows.length === 1
    })
    const chat = (await ask(`${system.urls.telegram}/_sim/people/${person.id}/chat`)).body as {
      messages: unknown[]
    }
    assert.equal(chat.messages.length, 1)
  })
})

async function query(system: System, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: system.databaseUrl })
  await client.connect()
  try {
    return await client.query(text, values)
  } finally {
    await client.end()
  }
}
