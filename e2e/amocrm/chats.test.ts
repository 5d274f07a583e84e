import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { queueMirrors } from '../../api/src/amocrm/chats/queue-mirrors.ts'
import { writeTranscripts } from '../../api/src/conversations/write-transcripts.ts'
import { inTransaction } from '../../api/src/database/pool.ts'
import { queueMessage } from '../../api/src/outbox/queue-message.ts'
import { addInbound, rowsOf } from '../../api/src/testing/seed.ts'
import { startAmocrmAccount } from './account.ts'
import { ask, until } from '../system.ts'

describe('the conversation as a chat on the card', async () => {
  const amo = await startAmocrmAccount({ chats: true })
  const { app } = amo
  await amo.control('/channel', { hookUrl: `${amo.api}/hooks/amocrm-chats/:scope_id` })
  let count = 0
  async function newLead(): Promise<number> {
    count += 1
    const id = await amo.newLead({ phone: `+7930000${1000 + count}` })
    await amo.leadIs('it is known', id, () => true)
    return id
  }
  const say = (leadId: number, text: string) =>
    inTransaction(app.db, (tx) =>
      queueMessage(tx, { leadId, turnId: null, author: 'ai', text, key: `${leadId}:${text}` }),
    )
  /** As the Telegram side does when a message was delivered or given up. */
  const settle = (leadId: number, state: 'done' | 'dead') =>
    app.db.query(
      `update outbox set state = $2, last_error = case when $2 = 'dead' then 'PEER_FLOOD' end
       where lead_id = $1 and channel = 'telegram' and state = 'pending'`,
      [leadId, state],
    )
  const mirror = async () => {
    await queueMirrors(app)
    await amo.quiet()
  }
  const lines = async (leadId: number) =>
    (await amo.journal('chat.message'))
      .filter((entry) => entry['leadId'] === leadId)
      .map((entry) => `${String(entry['author'])}: ${String(entry['text'])}`)

  test('both sides show on the lead, each line once, and no new contact or lead comes of it', async () => {
    const id = await newLead()
    const leads = (await amo.journal('lead.added')).length
    await addInbound(app.db, id, 'Здравствуйте')
    await say(id, 'Добрый день!')
    await mirror()
    assert.deepEqual(await lines(id), ['client: Здравствуйте'])
    await settle(id, 'done')
    await mirror()
    await mirror()
    assert.deepEqual(await lines(id), ['client: Здравствуйте', 'bot: Добрый день!'])
    assert.equal((await amo.journal('lead.added')).length, leads)
    const linked = (await amo.journal('chat.linked')).filter((entry) => entry['contactId'] !== undefined)
    assert.equal(linked.length, 1)
    await app.db.query('update leads set transcript_due_at = now()')
    assert.equal(await writeTranscripts(app), 0)
  })

  test('a line whose answer was lost is not shown twice', async () => {
    const id = await newLead()
    await addInbound(app.db, id, 'Первая')
    await mirror()
    const { scopeId } = (await ask(`${amo.url}/_sim/channel`)).body as { scopeId: string }
    await amo.control('/faults', { match: { path: `/v2/origin/custom/${scopeId}` }, fault: { close: true } })
    await addInbound(app.db, id, 'Вторая')
    await queueMirrors(app)
    await until('the second try', async () => {
      await app.db.query(`update outbox set run_at = now() where state = 'pending' and channel = 'amocrm'`)
      const rows = await rowsOf<{ n: number }>(
        app.db,
        `select count(*)::int as n from outbox where lead_id = $1 and channel = 'amocrm' and payload ->> 'kind' = 'chat' and state = 'done'`,
        [id],
      )
      return rows[0]!.n === 2 || null
    })
    assert.deepEqual(await lines(id), ['client: Первая', 'client: Вторая'])
    const asked = (await amo.journal('request')).filter((entry) => String(entry['path']).endsWith('/history'))
    assert.equal(asked.length, 1, 'it was looked for before it was sent again')
  })

  for (const [state, status] of [
    ['done', 1],
    ['dead', -1],
  ] as const) {
    test(`a manager answers from the card: the person gets it, the manager has the lead; ${state} is told`, async () => {
      const id = await newLead()
      await addInbound(app.db, id, 'Есть кто живой?')
      await mirror()
      await amo.control(`/leads/${id}/chat`, { text: 'Да, я Мария' })
      const lead = await amo.leadIs('the manager has it', id, (one) => one.control === 'human')
      assert.match(lead.control_reason!, /card/)
      assert.deepEqual(
        await rowsOf(app.db, `select author, text from messages where lead_id = $1 and direction = 'out'`, [
          id,
        ]),
        [{ author: 'human', text: 'Да, я Мария' }],
      )
      await settle(id, state)
      await mirror()
      const told = (await amo.journal('chat.delivery')).at(-1)
      assert.equal(told?.['status'], status)
      assert.equal((await lines(id)).length, 2, 'the answer is not mirrored back')
    })
  }

  test('only a signed hook of our channel is taken; the same one once', async () => {
    const id = await newLead()
    await addInbound(app.db, id, 'Привет')
    await mirror()
    const chats = app.config.amocrm.chats!
    const [chat] = await rowsOf<{ amo_chat_id: string }>(
      app.db,
      'select amo_chat_id from conversations where lead_id = $1',
      [id],
    )
    const body = JSON.stringify({
      account_id: 'x',
      time: 1,
      message: {
        receiver: { id: 'r' },
        sender: { id: 'm', name: 'Мария' },
        conversation: { id: chat!.amo_chat_id },
        timestamp: 1,
        msec_timestamp: 1000,
        message: { id: 'hook-message-1', type: 'text', text: 'Добрый день' },
      },
    })
    const post = (text: string, signature: string | null, scope = `${chats.channelId}_acc`) =>
      fetch(`${amo.api}/hooks/amocrm-chats/${scope}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signature === null ? {} : { 'x-signature': signature }),
        },
        body: text,
      }).then(({ status }) => status)
    const signed = (text: string) => createHmac('sha1', chats.secret).update(text).digest('hex')
    assert.equal(await post(body, null), 403)
    assert.equal(await post(body, signed(`${body} `)), 403)
    assert.equal(await post(body, signed(body), 'another_scope'), 400)
    assert.equal(await post('{}', signed('{}')), 400)
    assert.equal(await post('[', signed('[')), 400)
    assert.equal(await post(body, signed(body)), 200)
    assert.equal(await post(body, signed(body)), 200)
    await amo.leadIs('it was heard', id, (one) => one.control === 'human')
    await amo.quiet()
    const sent = await rowsOf(app.db, `select from messages where lead_id = $1 and author = 'human'`, [id])
    assert.equal(sent.length, 1)
    const typing = JSON.stringify({ account_id: 'x', time: 1, action: { typing: {} } })
    assert.equal(await post(typing, signed(typing)), 200)
  })
})
