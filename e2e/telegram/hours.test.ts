/**
 * Hours of an account in a minute: the clock of the API and of Telegram is the test's. `SIMULATED_MINUTES=180 npm test --
 * e2e/telegram/hours.test.ts` takes the three hours with 100 conversations; without it a smaller piece of the same.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSweep } from '../../api/src/telegram/find-missed-messages.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { createClock, type Desk, deliverOnce, openOffice, readInbox, say, until } from './open-office.ts'

const minutes = Number(process.env.SIMULATED_MINUTES ?? 30)
const conversations = minutes >= 180 ? 100 : 40

/** The pace of real accounts, without the seconds of reading and typing. */
const unhurried = {
  ...exampleBusiness,
  telegram: { ...exampleBusiness.telegram, manner: { readSec: 0, charsPerSec: 1e6, longestTypingSec: 0 } },
}

const heard = async (desk: Desk) => {
  await readInbox(desk)
  return (await rowsOf(desk.db, `select from messages where direction = 'in'`)).length
}

test(`${minutes} minutes with ${conversations} conversations, lost updates and cut connections: no method above its limit, few histories, nothing lost`, async (t) => {
  const office = await openOffice(t)
  const clock = createClock(office)
  const desk = await office.openDesk({
    variables: { TELEGRAM_PACE: 'on' },
    app: { now: clock.now, business: unhurried },
  })
  const people: number[] = []
  for (let leadId = 1; leadId <= conversations; leadId++) {
    const { id } = await office.world.addPerson({ firstName: `Lead ${leadId}`, username: `lead_${leadId}` })
    people.push(id)
    await addLead(desk.db, leadId, { telegram_username: `lead_${leadId}`, telegram_user_id: id })
    await office.world.control(`people/${id}/say`, { text: 'hello' })
  }
  await until('they are heard', async () => (await heard(desk)) === conversations)
  const sweep = createSweep(desk)
  let said = conversations
  for (let minute = 0; minute < minutes; minute++) {
    await clock.pass(desk, 60_000)
    const loses = minute % 30 === 7
    if (loses) await office.world.fault({ kind: 'update' }, { drop: true }, 2)
    for (let times = 0; times < 3; times++) {
      const who = (minute * 7 + times * 31) % conversations
      await office.world.control(`people/${people[who]}/say`, { text: `line ${minute} ${times}` })
      said += 1
      if (times === 0) await say(desk, who + 1, `answer ${minute}`)
    }
    if (minute % 40 === 20) await office.world.control('disconnect', {})
    await until('it is connected', () => desk.telegram.ready().length === 1)
    if (!loses) await until('what was not lost is heard', async () => (await heard(desk)) >= said - 2)
    await sweep()
    while (await deliverOnce(desk));
  }
  await clock.pass(desk, 600_000)
  await sweep()
  assert.equal(await heard(desk), said)
  const calls = (await office.world.journal('rpc')).filter((entry) => entry['accountId'])
  assert.deepEqual(
    calls.filter((entry) => /FLOOD/.test(String(entry['error']))),
    [],
  )
  const count = (method: string) => calls.filter((entry) => entry['method'] === method).length
  assert.ok(
    count('messages.getDialogs') <= minutes / 5 + 15,
    `${count('messages.getDialogs')} lists of chats`,
  )
  assert.ok(count('messages.getHistory') <= minutes / 3, `${count('messages.getHistory')} histories`)
  t.diagnostic(
    `${count('messages.getDialogs')} lists of chats, ${count('messages.getHistory')} histories, ${calls.length} calls`,
  )
})
