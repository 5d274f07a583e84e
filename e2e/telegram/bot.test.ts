import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, beforeEach, test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { inTransaction } from '../../api/src/database/pool.ts'
import { createServer } from '../../api/src/http/server.ts'
import { processNextEvent } from '../../api/src/inbox/process-inbox.ts'
import { queueMessage } from '../../api/src/outbox/queue-message.ts'
import { createBot } from '../../api/src/telegram/bot/bot.ts'
import { webhookSecrets, webhookUrl } from '../../api/src/telegram/bot/webhook.ts'
import { startAmocrmServer } from '../../api/src/testing/amocrm-server.ts'
import { addExecution, openExecutions } from '../../api/src/testing/n8n-executions.ts'
import { addLead } from '../../api/src/testing/seed.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { startBotWorld } from './bot-world.ts'
import { ask, until } from '../system.ts'

const world = await startBotWorld('bot')
const { app, control, rows, chat, hear } = world
const n8n = await openExecutions(app)
after(() => n8n.end())
const amocrm = await startAmocrmServer()
app.amocrm = createAmocrm({ baseUrl: amocrm.url, token: 'none', gate: createMemoryGate(1000) })
const [bot] = await control<{ id: number; username: string }[]>('bots')
const accountId = bot!.id
const leadId = 501

beforeEach(async () => {
  await app.telegram.close()
  await app.wipe()
  await control('reset', {})
  world.dispatched.length = 0
  await addLead(app.db, leadId, { contact_name: 'Anna' })
  await app.db.query('update leads set disclosed_at = now()')
  await app.telegram.start()
})

const say = (text: string, author: 'ai' | 'human' = 'ai') =>
  inTransaction(app.db, (tx) => queueMessage(tx, { leadId, turnId: null, author, text, key: `test:${text}` }))

async function linkOnCard(): Promise<string> {
  await scheduleTurn(app.db, { leadId, kind: 'first_touch', quietMs: 0, longestMs: 0 })
  await world.dispatch()
  const [row] = await rows<{ link: string }>(
    `select payload -> 'fields' ->> 'telegramLink' as link from outbox where payload ->> 'kind' = 'lead'`,
  )
  return row!.link
}

/** A person who came by the link of the lead's card. */
async function startedPerson() {
  const person = await world.addPerson({ languageCode: 'ru' })
  await control(`people/${person.id}/open`, { link: await linkOnCard() })
  assert.deepEqual(await hear(1), ['the lead pressed Start'])
  return person
}

test('the first touch is a link on the card; who opens it is the lead, and is written to at once', async () => {
  app.quietHours = { from: '00:00', to: '23:59' }
  const link = await linkOnCard()
  assert.match(link, new RegExp(String.raw`^https://t\.me/${bot!.username}\?start=[\w-]{22}$`))
  const card = await world.outbox()
  assert.deepEqual(
    card.map(({ kind }) => kind),
    ['lead', 'note', 'task'],
  )
  assert.ok(card.slice(1).every(({ text }) => text.includes(link)))
  assert.equal(world.dispatched.length, 0)

  const anna = await world.addPerson({})
  await control(`people/${anna.id}/open`, { link })
  assert.deepEqual(await hear(1), ['the lead pressed Start'])
  await world.dispatch()
  assert.deepEqual(
    world.dispatched.map(({ turn }) => [turn.leadId, turn.kind]),
    [[leadId, 'first_touch']],
  )
  await say('Good day, Anna')
  await world.deliver()
  assert.deepEqual(
    (await chat(anna.id, accountId)).map(({ text }) => text.split(' ')[0]),
    ['/start', 'Good'],
  )

  await control(`people/${anna.id}/say`, { text: 'Hello', accountId })
  assert.deepEqual((await hear(2)).slice(1), ['kept'])
  const [told] = await rows('select direction, text, account_id from messages order by id desc limit 1')
  assert.deepEqual(told, { direction: 'in', text: 'Hello', account_id: 'bot' })

  // The link was for one person.
  const boris = await world.addPerson({ firstName: 'Boris', languageCode: 'ru' })
  await control(`people/${boris.id}/open`, { link })
  assert.deepEqual((await hear(3)).slice(2), ["a link that is another's"])
  assert.equal((await chat(boris.id, accountId)).at(-1)?.text, app.business.bot.unknown.ru)
  app.quietHours = null
})

test('a link that is too old binds nobody and asks a human for a new one', async () => {
  const link = await linkOnCard()
  await app.db.query(`update telegram_start_tokens set expires_at = now()`)
  const anna = await world.addPerson({})
  await control(`people/${anna.id}/open`, { link })
  assert.deepEqual(await hear(1), ['a link that is expired'])
  assert.match((await world.outbox()).at(-1)!.text, /истёк/)
})

test('before Start nothing can be sent: a human has the task, and the assistant stays in charge', async () => {
  await say('Too early')
  await world.deliver()
  const [message, task] = await world.outbox()
  assert.deepEqual([message?.state, task?.kind], ['dead', 'task'])
  assert.match(message!.last_error!, /^window closed: .*Start/)
  assert.match(task!.text, /Too early/)
  assert.deepEqual(await rows('select control from leads'), [{ control: 'ai' }])
})

test('/privacy and /stop are answered without a model; after /stop the assistant is silent', async () => {
  const person = await startedPerson()
  await control(`people/${person.id}/say`, { text: '/privacy', accountId })
  await control(`people/${person.id}/say`, { text: '/stop', accountId })
  assert.deepEqual((await hear(3)).slice(1), ['/privacy', '/stop'])
  await say('One more offer')
  await world.deliver()
  const texts = (await chat(person.id, accountId))
    .filter(({ from }) => from === 'seller')
    .map(({ text }) => text)
  assert.deepEqual(texts, [app.business.bot.privacy.ru, app.business.bot.stopped.ru])
  assert.equal((await world.outbox()).at(-1)?.state, 'cancelled')
  assert.equal(world.dispatched.length, 0)

  await control(`people/${person.id}/start`, {})
  await hear(4)
  assert.match((await world.outbox()).at(-1)!.text, /снова нажал/)
  assert.deepEqual(await rows(`select kind from turns where state = 'pending'`), [])
})

test('/delete deletes everything at once, says so, tells a human what is left, and the bot knows nobody any more', async () => {
  const person = await startedPerson()
  await control(`people/${person.id}/say`, { text: 'My plans are SecretPlans', accountId })
  await hear(2)
  const execution = await addExecution(n8n, `[{"turn":"1"},{"kind":"1","leadId":${leadId}}]`)
  await control(`people/${person.id}/say`, { text: '/delete', accountId })
  await until('the erasure', async () => {
    while (await processNextEvent(app));
    return (await rows('select from erasures')).length === 1
  })
  const heard = async () =>
    (await chat(person.id, accountId)).filter(({ from }) => from === 'seller').map(({ text }) => text)
  assert.match((await heard()).at(-1) ?? '', /is deleted: the chat/)
  for (const table of [
    'leads',
    'messages',
    'turns',
    'outbox',
    'inbox_events',
    'telegram_sends',
    'conversations',
  ])
    assert.deepEqual(await rows(`select from ${table}`), [], table)
  const { rowCount } = await n8n.query('select from execution_entity where id = $1', [execution])
  assert.equal(rowCount, 0)
  const [task] = amocrm.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks'))
  assert.match(JSON.stringify(task?.body), /\/delete/)

  const before = (await heard()).length
  const turnedAway = async () =>
    (await rows<{ count: number }>('select turned_away as count from erasures'))[0]!.count
  const known = await turnedAway()
  await control(`people/${person.id}/say`, { text: 'Anybody?', accountId })
  await until('the message being turned away', async () => {
    while (await processNextEvent(app));
    return (await turnedAway()) > known
  })
  assert.equal((await heard()).length, before)
  assert.deepEqual(await rows('select from inbox_events'), [])
})

test('a stranger is told once a day where to go, and always of privacy', async () => {
  const stranger = await world.addPerson({ languageCode: 'en' })
  for (const text of ['Hello?', 'Anybody?', '/privacy'])
    await control(`people/${stranger.id}/say`, { text, accountId })
  await hear(3)
  const texts = (await chat(stranger.id, accountId))
    .filter(({ from }) => from === 'seller')
    .map(({ text }) => text)
  assert.deepEqual(texts, [app.business.bot.unknown.en, app.business.bot.privacy.en])
})

test('a lost answer is never sent again: a dead letter with its reason, and a task', async () => {
  const person = await startedPerson()
  const path = '/botmock_bot/sendMessage'
  await control('faults', { match: { method: 'POST', path }, fault: { close: true } })
  const { outboxId } = await say('Only once')
  await world.deliver()
  const state = async () =>
    (
      await rows<{ state: string; last_error: string }>(
        'select state, last_error from outbox where id = $1',
        [outboxId],
      )
    )[0]!
  assert.equal((await state()).state, 'dead')
  assert.match((await state()).last_error, /^unknown: /)
  assert.doesNotMatch(JSON.stringify(await state()) + app.logged.join(''), /mock_bot/)
  await app.db.query(`update outbox set state = 'pending' where id = $1`, [outboxId])
  await world.deliver()
  assert.match((await state()).last_error, /^unknown: /)
  assert.equal((await chat(person.id, accountId)).filter(({ text }) => text === 'Only once').length, 1)
})

test('what was surely not sent is sent later, once; what was sent is not sent again', async () => {
  const person = await startedPerson()
  await control('faults', {
    match: { kind: 'botMethod', method: 'sendMessage' },
    fault: { error: 'FLOOD_WAIT_3' },
  })
  const { outboxId } = await say('After the pause')
  while (!(await rows(`select from outbox where last_error like 'Too Many%'`)).length)
    await world.deliverOnce()
  const [waiting] = await rows<{ seconds: number }>(
    'select extract(epoch from run_at - now())::float8 as seconds from outbox where id = $1',
    [outboxId],
  )
  assert.ok(waiting!.seconds > 2)
  // All of the bot's messages wait, not only this one.
  await world.deliver()
  assert.equal((await chat(person.id, accountId)).length, 1)
  await app.db.query('update telegram_limits set until = now()')
  await world.deliver()
  // As after a crash between Telegram's answer and our note of it.
  await app.db.query(`update outbox set state = 'pending' where id = $1`, [outboxId])
  await world.deliver()
  const sent = (await chat(person.id, accountId)).filter(({ text }) => text === 'After the pause')
  assert.equal(sent.length, 1)
  const [kept] = await rows('select channel_message_id from messages where text = $1', ['After the pause'])
  assert.deepEqual(kept, { channel_message_id: sent[0]!.id })
})

test('a person who blocks the bot has opted out', async () => {
  const person = await startedPerson()
  await control(`people/${person.id}/block`, { accountId })
  assert.deepEqual((await hear(2)).slice(1), ['the person blocked the bot'])
  const [lead] = await rows<{ out: boolean }>('select opted_out_at is not null as out from leads')
  assert.equal(lead?.out, true)
})

test('one process polls; another waits until it is gone', async () => {
  const second = createBot({ ...app, process: randomUUID() })
  await second.start()
  assert.deepEqual([second.ready(), app.telegram.ready()], [[], ['bot']])
  await app.telegram.close()
  await until('the second is online', async () => second.ready().length)
  await second.close()
  // One that waits in vain ends all the same.
  await app.telegram.start()
  await second.start()
  await second.close()
  assert.deepEqual(app.telegram.ready(), ['bot'])
})

test('a bot that was stopped by hand stays so until it is started by hand', async () => {
  await app.telegram.stop()
  await app.telegram.start()
  assert.equal((await app.telegram.status()).state, 'disabled')
  await app.telegram.start('main')
  assert.equal((await app.telegram.status()).state, 'online')
})

test('another poller and a refused token end the bot with a reason', async () => {
  const lost = new Promise<void>((resolve) => app.telegram.whenLost(resolve))
  await ask(`${world.simulator.url}/botmock_bot/getUpdates?timeout=1`)
  await lost
  assert.match((await app.telegram.status()).detail ?? '', /Conflict/)
  await app.telegram.start()
  assert.equal((await app.telegram.status()).state, 'online')

  const config = testConfig({
    TELEGRAM_MODE: 'bot',
    TELEGRAM_BOT_TOKEN: '123456:wrong-token-of-nobody-0123456789ab',
    SIM_TELEGRAM_CONTROL_PORT: String(world.simulator.controlPort),
  })
  config.telegram.simulatorUrl = world.simulator.url
  await app.telegram.close()
  const wrong = createBot({ ...app, config })
  await assert.rejects(wrong.start(), { code: 'logged-out' })
  assert.equal((await wrong.status()).state, 'logged_out')
})

test('with a public address updates come by webhook, only with both secrets, each once', async () => {
  await app.telegram.close()
  const server = await createServer(app)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  app.config.publicUrl = address
  const polling = app.telegram
  app.telegram = createBot(app, { probeMs: 50 })
  await app.telegram.start()
  try {
    const url = webhookUrl(app.config)!
    const anna = await world.addPerson({})
    await control('faults', { match: { kind: 'webhook' }, fault: { duplicate: true } })
    await control(`people/${anna.id}/start`, {})
    assert.deepEqual(await hear(1), ['nobody known'])
    const update = { update_id: 1, message: {} }
    assert.equal((await ask(url, { json: update })).status, 403)
    const post = (to: string, secret: string, body: unknown) =>
      fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
        body: JSON.stringify(body),
      })
    assert.equal((await post(url, 'x'.repeat(43), update)).status, 403)
    const { header } = webhookSecrets(app.config)
    assert.equal((await post(`${address}/hooks/telegram/other`, header, update)).status, 403)
    assert.equal((await post(url, header, { no: 'update' })).status, 400)
    assert.deepEqual(await (await post(url, header, { update_id: 7 })).json(), {
      stored: true,
      duplicate: false,
    })
    assert.deepEqual(await (await post(url, header, { update_id: 7 })).json(), {
      stored: true,
      duplicate: true,
    })
    assert.equal((await rows('select from inbox_events')).length, 2)

    const api = `${world.simulator.url}/botmock_bot`
    await ask(`${api}/deleteWebhook`)
    await until('the webhook is set again', async () => {
      const { body } = await ask(`${api}/getWebhookInfo`)
      return (body as { result: { url: string } }).result.url === url
    })
  } finally {
    app.config.publicUrl = null
    await app.telegram.close()
    app.telegram = polling
    await server.close()
  }
})
