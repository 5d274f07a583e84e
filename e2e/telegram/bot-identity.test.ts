import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { makeStartToken } from '../../api/src/telegram/bot/start-tokens.ts'
import { addLead } from '../../api/src/testing/seed.ts'
import { scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { startBotWorld } from './bot-world.ts'

/** The rows of docs/identity.md, where a bot writes. */
const world = await startBotWorld('bot')
const { app, control, rows, chat, hear } = world
const [bot] = await control<{ id: number; username: string }[]>('bots')
const accountId = bot!.id
const phone = '+79161112233'

beforeEach(async () => {
  await app.telegram.close()
  await app.wipe()
  await control('reset', {})
  world.dispatched.length = 0
  await addLead(app.db, 1, { telegram_username: 'Anna_K', phone })
  await app.db.query('update leads set disclosed_at = now()')
  await app.telegram.start()
})

const leads = () =>
  rows<{ telegram: number | null; by: string | null; out: boolean }>(
    'select telegram_user_id as telegram, bound_by as by, opted_out_at is not null as out from leads order by id',
  )
const says = (personId: number, message: object) =>
  control(`people/${personId}/say`, { ...message, accountId })
async function linkOf(leadId: number): Promise<string> {
  await scheduleTurn(app.db, { leadId, kind: 'first_touch', quietMs: 0, longestMs: 0 })
  await world.dispatch()
  const [row] = await rows<{ link: string }>(
    `select payload -> 'fields' ->> 'telegramLink' as link from outbox
     where payload ->> 'kind' = 'lead' and lead_id = $1 order by id desc`,
    [leadId],
  )
  return row!.link
}
const nobody = { telegram: null, by: null, out: false }

test('the username of the card is no proof: no answer in its name, no stop, and a human is told', async () => {
  const person = await world.addPerson({ username: 'anna_k' })
  await control(`people/${person.id}/start`, {})
  await says(person.id, { text: 'I left a request' })
  await says(person.id, { text: '/stop' })
  assert.deepEqual(await hear(3), ['nobody known', 'nobody known', 'nobody known'])
  assert.deepEqual(await leads(), [nobody])
  assert.deepEqual(await rows(`select from turns`), [])
  assert.deepEqual(await rows(`select from messages`), [])
  const told = await world.outbox()
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['task'],
  )
  assert.match(told[0]!.text, /@anna_k.*личную ссылку/)
  const answers = (await chat(person.id, accountId)).filter(({ from }) => from === 'seller')
  assert.equal(answers[0]?.text, app.business.bot.unknown.en)
})

test('who shares their own contact, with the phone of the card, is the lead', async () => {
  const person = await world.addPerson({ phone })
  await says(person.id, { media: 'contact', ownContact: true })
  assert.deepEqual(await hear(1), ['kept'])
  assert.deepEqual(await leads(), [{ telegram: person.id, by: 'contact', out: false }])
})

test("somebody else's contact, or an own one with another phone, is no proof", async () => {
  await app.db.query(`update leads set phone = '+79161234567', phones = array['+79161234567']`)
  const person = await world.addPerson({ phone })
  await says(person.id, { media: 'contact' })
  await says(person.id, { media: 'contact', ownContact: true })
  assert.deepEqual(await hear(2), ['nobody known', 'nobody known'])
  assert.deepEqual(await leads(), [nobody])
})

test('a new link from the card moves the lead to the account that opens it; the old account is a stranger then', async () => {
  const first = await world.addPerson({})
  await control(`people/${first.id}/open`, { link: await linkOf(1) })
  await hear(1)
  assert.deepEqual(await leads(), [{ telegram: first.id, by: 'link', out: false }])
  const link = `https://t.me/${bot!.username}?start=${await makeStartToken(app.db, 1)}`
  const second = await world.addPerson({ firstName: 'Anna again' })
  await control(`people/${second.id}/open`, { link })
  await hear(2)
  assert.deepEqual(await leads(), [{ telegram: second.id, by: 'link', out: false }])
  await says(first.id, { text: 'стоп' })
  assert.deepEqual((await hear(3))[2], 'nobody known')
  assert.deepEqual(await leads(), [{ telegram: second.id, by: 'link', out: false }])
})

test('who said stop is asked about by a human when they open the link of another request', async () => {
  const person = await world.addPerson({})
  await control(`people/${person.id}/open`, { link: await linkOf(1) })
  await says(person.id, { text: '/stop' })
  await hear(2)
  await addLead(app.db, 2, {})
  await app.db.query(`update turns set state = 'done' where state = 'pending'`)
  await control(`people/${person.id}/open`, { link: await linkOf(2) })
  await hear(3)
  assert.deepEqual(await rows(`select from turns where state = 'pending'`), [])
  assert.match((await world.outbox()).at(-1)!.text, /снова нажал/)
})
