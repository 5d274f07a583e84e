import type { Offer } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { openConversation } from '../conversations/open-conversation.ts'
import { addLead, offerIn, proposal } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { offersOnTheTable } from './last-offers.ts'

const app = await startTestApp()
const { db } = app
let place = 100
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

/** What was said in a turn of ours; with times, a list of them. @returns its place in the chat */
async function weSay(text: string, offers: Offer[] = []): Promise<number> {
  const { id: conversationId } = await openConversation(db, { leadId: 1, accountId: 'main', peerId: 700 })
  const decision = {
    ...proposal({ reply: text, action: offers.length > 0 ? 'offer_times' : 'talk' }, { offers }),
    promptVersions: { classifier: null, sales: 'sales/2' },
    origin: 'ai',
  }
  const { rows } = await db.query<{ id: number }>(
    `insert into turns (lead_id, kind, state, run_at, decision, decided_at, finished_at, seen_at, seen_message_id)
     values (1, 'answer', 'done', now(), $1, now(), now(), clock_timestamp(), (select max(id) from messages where direction = 'in')) returning id`,
    [decision],
  )
  place += 1
  await db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, account_id, peer_id, turn_id)
     values ($1, 1, 'out', 'ai', $2, $3, 'main', 700, $4)`,
    [conversationId, text, place, rows[0]!.id],
  )
  return place
}

async function theySay(text: string, replyTo: number | null = null): Promise<void> {
  const { id: conversationId } = await openConversation(db, { leadId: 1, accountId: 'main', peerId: 700 })
  place += 1
  await db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, account_id, peer_id, reply_to)
     values ($1, 1, 'in', 'lead', $2, $3, 'main', 700, $4)`,
    [conversationId, text, place, replyTo],
  )
}
const [a, b, c, d] = [offerIn(24), offerIn(48), offerIn(72), offerIn(96)]
const picked = async () => {
  const { picked: one } = await offersOnTheTable(db, 1)
  return one === null || one === 'which' ? one : one.id
}

test('a yes takes the only time, and asks after several', async () => {
  await weSay('one', [a])
  await theySay('👍')
  assert.equal(await picked(), a.id)
  await weSay('two', [a, b])
  await theySay('ок')
  assert.equal(await picked(), 'which')
})

test('a bare number or yes counts only right after the list; "the second one" also later', async () => {
  await weSay('list', [a, b])
  await theySay('сколько стоит?')
  await weSay('How many people are you?')
  await theySay('2')
  assert.equal(await picked(), null)
  await weSay('ok')
  await theySay('второй вариант')
  assert.equal(await picked(), b.id)
})

test('a quoted list is the one that is meant', async () => {
  const older = await weSay('older list', [a, b])
  await theySay('другие?')
  await weSay('newer list', [c, d])
  await theySay('первый вариант', older)
  assert.equal(await picked(), a.id)
  assert.deepEqual(
    (await offersOnTheTable(db, 1)).offers.map(({ id }) => id),
    [a.id, b.id],
  )
})

test('thanks beside a pick change nothing; anything else leaves it to the model', async () => {
  await weSay('list', [a, b])
  await theySay('2')
  await theySay('спасибо')
  assert.equal(await picked(), b.id)
  await theySay('или лучше в пятницу?')
  assert.equal(await picked(), null)
})

test('a place beyond the list, or two places, is asked back', async () => {
  await weSay('list', [a, b])
  await theySay('5')
  assert.equal(await picked(), 'which')
})
