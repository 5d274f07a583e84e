import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Api, Bot, GrammyError } from 'grammy'
import { startTelegram } from '../start.ts'
import { type TestWorld, openTestWorld, until } from '../test-world.ts'

const apiOf = (world: Pick<TestWorld, 'simulator'>, token = 'mock_bot') =>
  new Api(token, { apiRoot: world.simulator.url })

const refused = (code: number, text: RegExp) => (error: unknown) =>
  error instanceof GrammyError && error.error_code === code && text.test(error.description)

test('a bot hears /start with its payload, answers, and is edited', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k', languageCode: 'ru' })
  const bot = new Bot('mock_bot', { client: { apiRoot: world.simulator.url } })
  const payloads: string[] = []
  bot.command('start', async (context) => {
    payloads.push(context.match)
    assert.equal(context.from?.language_code, 'ru')
    await context.replyWithChatAction('typing')
    const sent = await context.reply('Hello', { reply_parameters: { message_id: context.msgId } })
    await context.api.editMessageText(context.chatId, sent.message_id, 'Good day')
  })
  let running: Promise<void> | undefined
  await new Promise<void>((resolve) => (running = bot.start({ onStart: () => resolve() })))
  const { username } = bot.botInfo
  await world.control(`people/${anna.id}/open`, { link: `https://t.me/${username}?start=one-time_token` })
  await until(() => payloads.length, 'the start')
  assert.deepEqual(payloads, ['one-time_token'])
  const chat = `people/${anna.id}/chat?accountId=${bot.botInfo.id}`
  const view = await until(async () => {
    const { messages } = await world.control<{ messages: { text: string; replyTo?: number; id: number }[] }>(
      chat,
    )
    return messages[1]?.text === 'Good day' ? messages : null
  }, 'the edited answer')
  assert.equal(view[1]?.replyTo, view[0]?.id)
  const [, ours] = await world.journal('message')
  assert.equal(ours?.['via'], 'bot')
  await bot.stop()
  await running
})

test('a bot may not write first, to nobody, to who blocked it, and nothing empty or endless', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const api = apiOf(world)
  const { id: botId } = await api.getMe()
  await assert.rejects(api.sendMessage(anna.id, 'Hi'), refused(403, /can't initiate conversation/))
  await assert.rejects(api.sendMessage(1, 'Hi'), refused(400, /chat not found/))
  await world.control(`people/${anna.id}/start`, {})
  await api.sendMessage(anna.id, 'Hi')
  await assert.rejects(api.sendMessage(anna.id, ' '), refused(400, /text is empty/))
  await assert.rejects(api.sendMessage(anna.id, 'x'.repeat(4097)), refused(400, /too long/))
  await world.control(`people/${anna.id}/block`, { accountId: botId })
  await assert.rejects(api.sendMessage(anna.id, 'Hi'), refused(403, /blocked by the user/))
  const updates = await api.getUpdates()
  assert.equal(updates.at(-1)?.my_chat_member?.new_chat_member.status, 'kicked')
  await world.control(`people/${anna.id}/start`, {})
  await api.sendMessage(anna.id, 'Welcome back')
})

test('wrong token, unknown method, limits and a webhook beside polling are told as Telegram tells them', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const api = apiOf(world)
  await assert.rejects(apiOf(world, '1:wrong').getMe(), refused(401, /Unauthorized/))
  await assert.rejects(api.deleteMessage(anna.id, 1), refused(404, /method not found/))
  await world.control(`people/${anna.id}/start`, {})
  await world.fault({ kind: 'botMethod', method: 'sendMessage' }, { error: 'FLOOD_WAIT_7' })
  await assert.rejects(
    api.sendMessage(anna.id, 'Hi'),
    (error) => error instanceof GrammyError && error.error_code === 429 && error.parameters.retry_after === 7,
  )
  await api.sendMessage(anna.id, 'Hi')
  await assert.rejects(api.setWebhook('http://example.com/hook'), refused(400, /HTTPS URL/))
  await api.setWebhook('https://example.com/hook')
  await assert.rejects(api.getUpdates(), refused(409, /webhook is active/))
  await api.deleteWebhook()
  await api.getUpdates({ offset: 999_999_999 })
  const ended = assert.rejects(api.getUpdates({ timeout: 30 }), refused(409, /other getUpdates/))
  // Whichever of the two comes first, the later one ends it.
  const second = api.getUpdates({ timeout: 1 }).catch(() => api.getUpdates({ timeout: 1 }))
  await Promise.race([ended, second.then(() => ended)])
  await api.logOut()
  await assert.rejects(api.getMe(), refused(400, /Logged out/))
})

test('updates are given again until they are confirmed', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const api = apiOf(world)
  const { id: accountId } = await api.getMe()
  await world.control(`people/${anna.id}/start`, {})
  await world.control(`people/${anna.id}/say`, { text: 'Hello', accountId })
  const [first, second] = await api.getUpdates()
  assert.equal(first?.message?.text, '/start')
  assert.deepEqual(first?.message?.entities?.[0]?.type, 'bot_command')
  assert.deepEqual(
    (await api.getUpdates({ limit: 1 })).map((one) => one.update_id),
    [first!.update_id],
  )
  const rest = await api.getUpdates({ offset: first!.update_id + 1 })
  assert.deepEqual(
    rest.map((one) => one.update_id),
    [second!.update_id],
  )
  assert.deepEqual(await api.getUpdates({ offset: second!.update_id + 1 }), [])
  const poll = api.getUpdates({ offset: second!.update_id + 1, timeout: 30 })
  await world.control(`people/${anna.id}/say`, { text: 'Still there?', accountId })
  assert.equal((await poll)[0]?.message?.text, 'Still there?')
  await world.fault({ kind: 'botUpdate', update: 'message' }, { drop: true })
  await world.control(`people/${anna.id}/say`, { text: 'lost', accountId })
  await api.getUpdates({ offset: second!.update_id + 2, allowed_updates: ['business_message'] })
  await world.control(`people/${anna.id}/say`, { text: 'not asked for', accountId })
  assert.deepEqual(await api.getUpdates(), [])
})

test('files that a person sends are downloaded', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const api = apiOf(world)
  const { id: accountId } = await api.getMe()
  const content = Buffer.from('a note in its own words').toString('base64')
  await world.control(`people/${anna.id}/say`, {
    media: 'voice',
    file: { mimeType: 'audio/ogg', content },
    accountId,
  })
  await world.control(`people/${anna.id}/say`, { media: 'document', text: 'the plan', accountId })
  const [voice, plan] = await api.getUpdates()
  assert.equal(plan?.message?.caption, 'the plan')
  const file = await api.getFile(voice!.message!.voice!.file_id)
  const answer = await fetch(`${world.simulator.url}/file/botmock_bot/${file.file_path}`)
  assert.equal(await answer.text(), 'a note in its own words')
  assert.equal((await fetch(`${world.simulator.url}/file/bot1:wrong/${file.file_path}`)).status, 404)
})

/** A webhook that answers what it is told to and notes what came. */
async function openHook(t: TestContext, statuses: number[]) {
  const came: { headers: IncomingHttpHeaders; update: { update_id: number; message?: { text: string } } }[] =
    []
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    came.push({ headers: request.headers, update: JSON.parse(Buffer.concat(chunks).toString()) })
    response.writeHead(statuses.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, came }
}

test('a webhook gets what waited, in order, each again until it answers 2xx, with the secret', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const api = apiOf(world)
  const { id: accountId } = await api.getMe()
  await world.control(`people/${anna.id}/start`, {})
  const { url, came } = await openHook(t, [500, 302, 200])
  await api.setWebhook(url, { secret_token: 'a-secret_1', allowed_updates: ['message'] })
  await world.control(`people/${anna.id}/say`, { text: 'Hello', accountId })
  await until(() => came.length === 4, 'four posts')
  const texts = came.map(({ update }) => update.message?.text)
  assert.deepEqual(texts, ['/start', '/start', '/start', 'Hello'])
  assert.ok(came.every(({ headers }) => headers['x-telegram-bot-api-secret-token'] === 'a-secret_1'))
  const info = await api.getWebhookInfo()
  assert.equal(info.pending_update_count, 0)
  assert.match(info.last_error_message ?? '', /302/)
  await world.fault({ kind: 'webhook' }, { duplicate: true })
  await world.control(`people/${anna.id}/say`, { text: 'Twice', accountId })
  await until(() => came.length === 6, 'both posts')
})

test('a secretary hears the chats of its account and answers within its window', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const api = apiOf(world)
  const me = await api.getMe()
  assert.equal(me.can_connect_to_business, true)
  const account = world.server.accounts[0]!
  await world.control('business-connections', { replyWindowMs: 60_000 })
  const { messageId } = await world.control<{ messageId: number }>(`people/${anna.id}/say`, { text: 'Hello' })
  await world.control(`people/${anna.id}/seller-says`, { text: 'One moment' })
  await world.control(`people/${anna.id}/edit`, { messageId, text: 'Hello!' })
  const updates = await api.getUpdates()
  const connection = updates[0]!.business_connection!
  assert.deepEqual([connection.user.id, connection.rights?.can_reply], [account.id, true])
  assert.deepEqual(
    updates.map((one) => one.business_message?.from?.id ?? Object.keys(one)[1]),
    ['business_connection', anna.id, account.id, 'edited_business_message'],
  )
  const options = { business_connection_id: connection.id }
  await api.sendChatAction(anna.id, 'typing', options)
  await api.raw.readBusinessMessage({ ...options, chat_id: anna.id, message_id: messageId })
  const sent = await api.sendMessage(anna.id, 'Good day', options)
  assert.equal(sent.sender_business_bot?.id, me.id)
  assert.equal(sent.from?.id, account.id)
  assert.equal((await world.journal('message')).at(-1)?.['via'], 'secretary')
  await world.control(`people/${anna.id}/messages/${messageId}`, undefined, 'DELETE')
  const later = await api.getUpdates({ offset: updates.at(-1)!.update_id + 1 })
  // Its own words do not come back.
  assert.deepEqual(
    later.map((one) => one.deleted_business_messages?.message_ids),
    [[messageId]],
  )

  const boris = await world.addPerson({ firstName: 'Boris' })
  await assert.rejects(api.sendMessage(boris.id, 'Hi', options), refused(400, /BUSINESS_PEER_USAGE_MISSING/))
  await assert.rejects(
    api.sendMessage(anna.id, 'Hi', { business_connection_id: 'other' }),
    refused(400, /business connection not found/),
  )
  await world.control('business-connections', { rights: { can_reply: false } })
  await world.control(`people/${anna.id}/say`, { text: 'Are you there?' })
  await assert.rejects(api.sendMessage(anna.id, 'Hi', options), refused(400, /NOT_ALLOWED/))
  await world.control('business-connections', { replyWindowMs: 0 })
  await assert.rejects(api.sendMessage(anna.id, 'Hi', options), refused(400, /USAGE_MISSING/))
  await world.control('business-connections', { enabled: false })
  await assert.rejects(api.sendMessage(anna.id, 'Hi', options), refused(400, /CONNECTION_INVALID/))
  assert.equal((await api.getBusinessConnection(connection.id)).is_enabled, false)
})

test('the userbot and the secretary share one chat', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  await world.control('business-connections', {})
  const api = apiOf(world)
  await client.sendText('anna_k', 'From the app')
  const [opened, said] = await api.getUpdates()
  assert.equal(said?.business_message?.text, 'From the app')
  await world.control(`people/${anna.id}/say`, { text: 'Hello' })
  await api.sendMessage(anna.id, 'From the secretary', {
    business_connection_id: opened!.business_connection!.id,
  })
  const history = await client.getHistory('anna_k')
  assert.deepEqual(
    history.map((message) => [message.text, message.isOutgoing]),
    [
      ['From the secretary', true],
      ['Hello', false],
      ['From the app', true],
    ],
  )
})

test('bots, what waits for them and their connections survive a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-bots-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const stateFile = join(folder, 'telegram.json')
  const start = () => startTelegram({ port: 0, controlPort: 0, stateFile })
  const control = async (url: string, path: string, body: object) => {
    const answer = await fetch(`${url}/_sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as { id: number; token: string }
  }
  const first = await start()
  const bot = await control(first.url, 'bots', { firstName: 'Second', username: 'second_bot' })
  const anna = await control(first.url, 'people', { firstName: 'Anna' })
  await control(first.url, `people/${anna.id}/start`, { botId: bot.id, payload: 'abc' })
  await control(first.url, 'business-connections', { botId: bot.id })
  await first.close()
  const second = await start()
  t.after(() => second.close())
  const api = apiOf({ simulator: second }, bot.token)
  const updates = await api.getUpdates()
  assert.equal(updates[0]?.message?.text, '/start abc')
  assert.equal(updates[1]?.business_connection?.is_enabled, true)
  await api.sendMessage(anna.id, 'Hello')
})
