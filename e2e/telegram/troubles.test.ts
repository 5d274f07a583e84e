import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setHalted } from '../../api/src/telegram/halt.ts'
import { tellOfTroubles } from '../../api/src/telegram/tell-of-troubles.ts'
import { findTroubles, troubleText } from '../../api/src/telegram/troubles.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { type Desk, deliverOnce, type Office, openOffice, quick, say, stateOf, until } from './open-office.ts'

const told = (desk: Desk, kind: string) =>
  rowsOf<{ lead_id: number; text: string }>(
    desk.db,
    `select lead_id, coalesce(payload ->> 'text', payload ->> 'result') as text from outbox
     where channel = 'amocrm' and payload ->> 'kind' = $1 order by id`,
    [kind],
  )
const stageAndTags = async (desk: Desk) => ({
  stage: (await rowsOf<{ stage: string }>(desk.db, 'select stage from leads where id = 1'))[0]!.stage,
  tagged: (await rowsOf(desk.db, `select from outbox where payload -> 'tags' is not null`)).length,
})
/** Words that wait for longer than a moment. */
async function waiting(office: Office, desk: Desk) {
  await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await addLead(desk.db, 2, {})
  await say(desk, 1, 'Hello', 'ai')
  await desk.db.query(`update outbox set created_at = now() - interval '20 seconds'`)
}
const sessionsEnd = (office: Office) =>
  office.world.control(`accounts/${office.world.server.accounts[0]!.id}/sessions`, undefined, 'DELETE')

const troubles: [
  name: string,
  task: RegExp,
  note: RegExp,
  ready: RegExp,
  begin: (office: Office, desk: Desk) => Promise<unknown>,
][] = [
  [
    'logged out on the phone',
    /вышел из системы.+telegram -- login/,
    /ждёт: аккаунт Telegram вышел из системы/,
    /^main: logged_out/,
    async (office, desk) => {
      await sessionsEnd(office)
      await until('it is noticed', async () => (await stateOf(desk)) === 'logged_out')
    },
  ],
  [
    'banned',
    /заблокировал аккаунт «main»/,
    /ждёт: аккаунт Telegram заблокирован/,
    /^main: banned/,
    async (office, desk) => {
      await office.world.fault({ method: 'users.getUsers' }, { error: 'USER_DEACTIVATED_BAN' })
      await until('it is noticed', async () => (await stateOf(desk)) === 'banned')
    },
  ],
  [
    'frozen',
    /заморозил аккаунт «main»/,
    /ждёт: аккаунт Telegram заморожен/,
    /^main: frozen/,
    async (office, desk) => {
      await office.world.control('accounts', { id: office.world.server.accounts[0]!.id, frozen: true })
      await deliverOnce(desk)
      assert.equal(await stateOf(desk), 'frozen')
    },
  ],
  [
    'halted by hand',
    /остановлена человеком \(Olga: looks like spam\)/,
    /ждёт: отправка остановлена человеком/,
    /^all: halted/,
    (_, desk) => setHalted(desk.db, true, { by: 'Olga', reason: 'looks like spam' }),
  ],
]
for (const [name, task, note, ready, begin] of troubles)
  test(`an account that is ${name}: one task, a note on each waiting card, /ready; the lead is not said to be contacted`, async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk({ ...quick, probeMs: 50 })
    await waiting(office, desk)
    await begin(office, desk)
    assert.match((await findTroubles(desk)).map(troubleText).join('; '), ready)
    await Promise.all([tellOfTroubles(desk), tellOfTroubles(desk)])
    await tellOfTroubles(desk)
    const tasks = await told(desk, 'task')
    assert.deepEqual(
      tasks.map(({ lead_id: id }) => Number(id)),
      [2],
    )
    assert.match(tasks[0]!.text, task)
    const notes = await told(desk, 'note')
    assert.deepEqual(
      notes.map(({ lead_id: id }) => Number(id)),
      [1],
    )
    assert.match(notes[0]!.text, note)
    await deliverOnce(desk)
    assert.deepEqual(await stageAndTags(desk), { stage: 'new', tagged: 0 })
  })

test('when it is over the task is closed, what waited goes out, and only then the lead is contacted', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await waiting(office, desk)
  await setHalted(desk.db, true, { by: 'Olga', reason: null })
  await tellOfTroubles(desk)
  await setHalted(desk.db, false, { by: 'Olga', reason: null })
  await tellOfTroubles(desk)
  assert.deepEqual(
    (await told(desk, 'task_done')).map(({ text }) => text),
    ['Telegram снова работает: ждавшие сообщения отправляются.'],
  )
  await deliverOnce(desk)
  assert.deepEqual(await stageAndTags(desk), { stage: 'contacted', tagged: 1 })
  // The next time is another one.
  await setHalted(desk.db, true, { by: 'Olga', reason: null })
  await tellOfTroubles(desk)
  assert.equal((await told(desk, 'task')).length, 2)
})

test('a limited account: a task with the end, and the state is in /ready', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await waiting(office, desk)
  await office.world.fault({ method: 'messages.sendMessage' }, { error: 'PEER_FLOOD' })
  await deliverOnce(desk)
  await tellOfTroubles(desk)
  const [task] = await told(desk, 'task')
  assert.match(task!.text, /ограничил аккаунт «main»: примерно до .*\d\d:\d\d/)
  assert.match((await findTroubles(desk)).map(troubleText).join(), /^main: limited until 20/)
  assert.deepEqual(await stageAndTags(desk), { stage: 'new', tagged: 0 })
})
