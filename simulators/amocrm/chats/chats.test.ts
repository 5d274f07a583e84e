import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type Json, embedded, rows, startForTest, startReceiver } from '../testing.ts'

const secret = '0123456789abcdef0123456789abcdef01234567'
const channel = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const account = '00000000-0000-4000-8000-000031000001'
const scope = `${channel}_${account}`
const bot = 'b0700000-0000-4000-8000-000000000001'

type Wrong = { secret?: string; date?: string; md5?: string }

async function startWithChats(t: TestContext, settings: string[] = [], answer = () => 200) {
  const simulator = await startForTest(t)
  const receiver = await startReceiver(t)
  const channelHook = await startReceiver(t, answer)
  if (settings.length > 0) await simulator.subscribe(receiver.url, settings)
  await simulator.sim('POST', '/channel', { hookUrl: `${channelHook.url}/:scope_id` })
  const chats = async (method: string, path: string, body?: object, wrong: Wrong = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const md5 = wrong.md5 ?? createHash('md5').update(text).digest('hex')
    const date = wrong.date ?? new Date().toUTCString().replace('GMT', '+0000')
    const url = new URL(`${simulator.url}/v2/origin/custom/${path}`)
    const lines = [method, md5, 'application/json', date, url.pathname].join('\n')
    const signature = createHmac('sha1', wrong.secret ?? secret)
      .update(lines)
      .digest('hex')
    const response = await fetch(url, {
      method,
      headers: {
        date,
        'content-type': 'application/json',
        'content-md5': md5,
        'x-signature': signature,
      },
      ...(text ? { body: text } : {}),
    })
    const answered = await response.text()
    return { status: response.status, body: (answered ? JSON.parse(answered) : {}) as Json }
  }
  const connect = () =>
    chats('POST', `${channel}/connect`, { account_id: account, title: 'LeadBot', hook_api_version: 'v2' })
  const say = (payload: object, event = 'new_message') =>
    chats('POST', scope, { event_type: event, payload: { conversation_id: 'tg-1', ...payload } })
  return { ...simulator, receiver, channelHook, chats, connect, say }
}
const client = { id: 'tg-user-1', name: 'Ivan' }

test('only a right signature of the last 15 minutes is let in', async (t) => {
  const { chats, connect } = await startWithChats(t)
  const body = { account_id: account }
  const path = `${channel}/connect`
  const late = new Date(Date.now() - 16 * 60_000).toUTCString()
  for (const wrong of [{ secret: 'x' }, { md5: 'x' }, { date: late }, { date: 'never' }]) {
    const refused = await chats('POST', path, body, wrong)
    assert.equal(refused.status, 403)
    assert.deepEqual(
      [refused.body.status, refused.body.error_code, refused.body.error_type],
      [0, 403, 'ORIGIN_INVALID_SIGNATURE'],
    )
  }
  const early = new Date(Date.now() - 14 * 60_000).toUTCString()
  assert.equal((await chats('POST', path, body, { date: early })).status, 200)
  const other = await chats('POST', 'ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee/connect', body)
  assert.deepEqual([other.status, other.body.error_type], [404, 'ORIGIN_NOT_REGISTERED'])

  assert.equal((await connect()).body.scope_id, scope)
  assert.equal((await chats('DELETE', `${channel}/disconnect`, body)).status, 200)
  assert.equal((await chats('POST', `${scope}/typing`, {})).body.error_type, 'ORIGIN_NOT_REGISTERED')
})

test('a linked chat shows in the lead: what the client wrote is told, what the bot wrote is not', async (t) => {
  const settings = ['add_message', 'add_talk', 'update_talk', 'add_unsorted', 'add_contact']
  const { api, sim, chats, connect, say, receiver } = await startWithChats(t, settings)
  await connect()
  const { leadId, contactId } = (await sim('POST', '/leads', { contact: { name: 'Ivan' } })).body
  await receiver.until(1)
  const chat = (await chats('POST', `${scope}/chats`, { conversation_id: 'tg-1', user: client })).body
  const same = (await chats('POST', `${scope}/chats`, { conversation_id: 'tg-1', user: client })).body
  assert.equal(chat.id, same.id)
  assert.deepEqual([chat.user!.client_id, chat.user!.name], ['tg-user-1', 'Ivan'])
  const linked = await api('POST', '/contacts/chats', [{ contact_id: contactId, chat_id: chat.id }])
  assert.deepEqual(embedded(linked.body, 'chats')[0]!, {
    id: 1,
    chat_id: chat.id,
    contact_id: contactId,
    request_id: '0',
  })
  assert.equal(
    embedded((await api('GET', `/contacts/chats?chat_id=${String(chat.id)}`)).body, 'chats').length,
    1,
  )

  const first = await say({ msgid: 'm1', sender: client, message: { type: 'text', text: 'Hello' } })
  assert.deepEqual([first.body.new_message!.ref_id, first.body.new_message!.conversation_id], ['m1', chat.id])
  const told = (await receiver.until(3)).map((one) => one.form)
  const message = told.find((form) => form['message[add][0][id]'])!
  assert.deepEqual(
    ['text', 'chat_id', 'type', 'entity_type', 'entity_id', 'author][type', 'talk_id'].map(
      (key) => message[`message[add][0][${key}]`],
    ),
    ['Hello', String(chat.id), 'incoming', 'lead', String(leadId), 'external', '101'],
  )
  assert.ok(told.some((form) => form['talk[add][0][chat_id]'] === String(chat.id)))

  const line = { msgid: 'm2', receiver: client, message: { type: 'text', text: 'Hi!' } }
  const answered = await say({ ...line, sender: { id: 'bot', name: 'Bot', ref_id: bot } })
  const again = await say({ ...line, sender: { id: 'bot', name: 'Bot', ref_id: bot } })
  assert.equal(answered.body.new_message!.msgid, again.body.new_message!.msgid)
  await receiver.until(4)
  assert.equal(receiver.received.filter((one) => one.form['message[add][0][id]']).length, 1)

  await say({ msgid: 'm2', message: { type: 'text', text: 'Hi there!' } }, 'edit_message')
  const history = (await chats('GET', `${scope}/chats/${String(chat.id)}/history?limit=2`)).body.messages
  assert.deepEqual(
    rows(history).map((one) => [one.message!.client_id, one.message!.text]),
    [
      ['m1', 'Hello'],
      ['m2', 'Hi there!'],
    ],
  )
  const past = await chats('GET', `${scope}/chats/tg-1/history?offset=9`)
  assert.equal(past.status, 204)
  const talk = (await api('GET', '/talks/101')).body
  assert.deepEqual([talk.is_in_work, talk.is_read, talk.entity_id], [true, true, leadId])
  assert.equal((await api('POST', '/talks/101/close', { force_close: true })).status, 202)
  assert.equal((await api('GET', '/talks/101')).body.is_in_work, false)
})

test('a client whom nobody linked becomes a contact with an incoming lead; a silent one does not', async (t) => {
  const { api, sim, connect, say, receiver } = await startWithChats(t, ['add_unsorted'])
  await sim('POST', '/account', { incomingContact: 'readable' })
  await connect()
  const text = { type: 'text', text: 'Hello' }
  await say({ conversation_id: 'tg-0', msgid: 'm0', sender: client, message: text, silent: true })
  assert.equal((await api('GET', '/leads')).status, 204)
  await say({ msgid: 'm1', sender: client, message: text })
  const [hook] = await receiver.until(1)
  assert.equal(hook!.form['unsorted[add][0][category]'], 'chats')
  assert.equal((await api('GET', '/contacts/601001')).body.name, 'Ivan')
  assert.equal((await say({ msgid: 'm2', message: text })).status, 400)
  assert.equal((await say({ msgid: 'm3', sender: client, message: { type: 'poem' } })).status, 400)
})

test("a manager's answer is signed and sent once, also when it is refused", async (t) => {
  const { sim, api, chats, connect, say, channelHook, journaled } = await startWithChats(t, [], () => 500)
  await connect()
  const { leadId, contactId } = (await sim('POST', '/leads', { contact: { name: 'Ivan' } })).body
  assert.equal((await sim('POST', `/leads/${String(leadId)}/chat`, { text: 'x' })).status, 409)
  const { id } = (await chats('POST', `${scope}/chats`, { conversation_id: 'tg-1', user: client })).body
  await api('POST', '/contacts/chats', [{ contact_id: contactId, chat_id: id }])
  await say({ msgid: 'm1', sender: client, message: { type: 'text', text: 'Hello' } })
  const sent = await sim('POST', `/leads/${String(leadId)}/chat`, { text: 'It is me, Maria', by: 9000002 })
  assert.equal(sent.status, 200)
  await journaled('chat.hook', 1)
  const [hook] = channelHook.received
  assert.equal(channelHook.received.length, 1)
  assert.equal(hook!.signature, createHmac('sha1', secret).update(hook!.raw).digest('hex'))
  assert.ok(hook!.path.endsWith(`/${scope}`))
  const { account_id, message } = JSON.parse(hook!.raw)
  assert.equal(account_id, account)
  assert.deepEqual(message.sender, { id: '00000000-0000-4000-8000-000009000002', name: 'Maria Manager' })
  assert.deepEqual(message.conversation, { id, client_id: 'tg-1' })
  assert.deepEqual([message.message.type, message.message.text], ['text', 'It is me, Maria'])
  assert.equal(message.receiver.client_id, 'tg-user-1')

  const status = (body: object) => chats('POST', `${scope}/${message.message.id}/delivery_status`, body)
  assert.equal((await status({ msgid: message.message.id, delivery_status: 1 })).status, 200)
  assert.equal((await status({ status_code: -1, error_code: 905, error: 'blocked' })).status, 200)
  assert.equal((await status({})).status, 400)
  assert.deepEqual(
    (await journaled('chat.delivery', 2)).map((entry) => entry.status),
    [1, -1],
  )
  assert.equal(
    (await chats('POST', `${scope}/typing`, { conversation_id: 'tg-1', sender: client })).status,
    204,
  )
})
