import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { signIn } from '../testing/console-client.ts'
import { isProblem } from '../testing/http-client.ts'
import { addLead, addMeeting, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { readWeek } from './read-week.ts'

const now = new Date('2031-02-03T07:00:00Z')
const app = await startTestApp({ now: () => now })
const { db } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(() => app.wipe())

const span = { from: new Date('2031-02-03T00:00:00Z'), to: new Date('2031-02-10T00:00:00Z') }
const offer = (sellerId: string, start: string) => ({
  id: start,
  sellerId,
  start,
  end: new Date(Date.parse(start) + 1_800_000).toISOString(),
  label: start,
})
const addThought = (
  leadId: number,
  action: string,
  offers: object[],
  finishedAt = now,
  isSuggestion = false,
) =>
  db.query(
    `insert into turns (lead_id, kind, state, run_at, decided_at, finished_at, decision, is_suggestion)
     values ($1, 'answer', 'done', $2, $2, $2, $3, $4)`,
    [leadId, finishedAt, { sales: { action }, offers }, isSuggestion],
  )

test('times that leads were offered stand in the week until they answer, the talk goes on, or the time is over', async () => {
  const [monday, tuesday] = ['2031-02-03T09:00:00.000Z', '2031-02-04T09:00:00.000Z']
  for (const id of [1, 2, 3, 4, 5, 6]) await addLead(db, id, { contact_name: `Person ${id}` })
  await addThought(1, 'offer_times', [offer('olga', monday), offer('pavel', tuesday)])
  await addThought(1, 'offer_times', [offer('olga', '2031-02-03T06:00:00.000Z')], now, true)
  await addThought(2, 'offer_times', [offer('olga', monday)])
  // Something else was said since.
  await addThought(2, 'talk', [])
  await addThought(3, 'offer_times', [offer('olga', monday)], new Date(now.getTime() - 4 * 86_400_000))
  await addThought(4, 'offer_times', [offer('olga', monday)])
  await db.query(`update leads set stage = 'booked' where id = 4`)
  // Over, and in another week.
  await addThought(5, 'offer_times', [
    offer('olga', '2031-02-03T06:30:00.000Z'),
    offer('olga', '2031-02-11T09:00:00.000Z'),
  ])
  await addThought(6, 'talk', [offer('olga', monday)])
  const { offered } = await readWeek(app, null, span)
  assert.deepEqual(
    offered.map(({ leadId, leadName, sellerId, startsAt }) => [
      leadId,
      leadName,
      sellerId,
      startsAt.toISOString(),
    ]),
    [
      [1, 'Person 1', 'olga', monday],
      [1, 'Person 1', 'pavel', tuesday],
    ],
  )
  const own = await readWeek(app, { sellerId: 'pavel', amocrmUserId: -1 }, span)
  assert.deepEqual(
    own.offered.map(({ sellerId }) => sellerId),
    ['pavel'],
  )
})

test('before a meeting is moved or cancelled one reads the very words that the lead will get, in their language and zone', async () => {
  const me = await signIn(app, server, 'manager')
  await addLead(db, 1, { language: 'en', time_zone: 'Europe/London' })
  const meeting = await addMeeting(db, 1, offer('olga', '2031-02-04T09:00:00.000Z'), {
    meet_link: 'https://meet.example/abc',
  })
  const words = async (query: string) => (await me.get(`/console/meetings/${meeting.id}/words?${query}`)).body
  const moved = await words('action=move&startsAt=2031-02-05T10:00:00Z')
  assert.equal(moved['language'], 'en')
  assert.match(String(moved['text']), /5 Feb, 10:00 London/)
  assert.match(String(moved['text']), /meet\.example/)
  const off = await words('action=cancel')
  assert.ok(off['text'] && !String(off['text']).includes('10:00'), String(off['text']))
  isProblem(await me.get(`/console/meetings/${meeting.id}/words?action=move`), 'invalid-request', 400)
  isProblem(await me.get('/console/meetings/999/words?action=cancel'), 'unknown-meeting', 404)

  // What is said afterwards is what stood there.
  await me.post(`/console/meetings/${meeting.id}/move`, { startsAt: '2031-02-05T10:00:00Z', tellLead: true })
  const [turn] = await rowsOf<{ reply: string }>(
    db,
    `select decision -> 'sales' ->> 'reply' as reply from turns where lead_id = 1`,
  )
  const [before = '', behind = ''] = turn!.reply.split('[MEETING]')
  assert.ok(String(moved['text']).startsWith(before) && String(moved['text']).includes(behind))

  await db.query(`update leads set opted_out_at = now() where id = 1`)
  assert.equal((await words('action=cancel'))['text'], null)
})
