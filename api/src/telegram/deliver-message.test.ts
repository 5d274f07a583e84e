import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setControl } from '../leads/set-control.ts'
import { optOut } from '../leads/stop-writing.ts'
import { deliverDue } from '../outbox/deliver.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { stoppedMessenger } from '../testing/messenger.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { deliverMessage } from './deliver-message.ts'
import { MessengerError } from './messenger-error.ts'

const sent: string[] = []
let failing = true
const telegram = {
  ...stoppedMessenger(),
  reach: async () => ({ accountId: 'main', peerId: 7 }),
  markRead: async () => {},
  typing: async () => {},
  sendText: async (_peer: unknown, text: string) => {
    if (failing) throw new MessengerError('no-answer', 'the answer was lost')
    sent.push(text)
    return { messageId: sent.length, at: new Date() }
  },
}
const app = await startTestApp({ telegram })
const { db } = app

const tries = async (): Promise<void> => {
  await db.query(`update outbox set run_at = now() where state = 'pending'`)
  await deliverDue(app, 'telegram', (row) => deliverMessage(app, row))
}

for (const [name, stop] of [
  ['an opt-out', () => optOut(db, { leadId: 1, language: 'ru', source: 'words' })],
  [
    'a take-over',
    () => setControl(db, 1, { control: 'human', source: 'operator', by: 'Anna', reason: 'mine' }),
  ],
] as const) {
  test(`a message whose first try failed is not sent after ${name}`, async () => {
    await app.wipe()
    await addLead(db, 1)
    failing = true
    await queueMessage(db, { leadId: 1, turnId: null, author: 'ai', text: 'Добрый день', key: 'one' })
    await tries()
    assert.deepEqual(await rowsOf(db, `select state, attempts from outbox where channel = 'telegram'`), [
      { state: 'pending', attempts: 1 },
    ])
    await stop()
    failing = false
    await tries()
    const [row] = await rowsOf(db, `select state from outbox where channel = 'telegram' order by id limit 1`)
    assert.equal(row!['state'], 'cancelled')
    assert.deepEqual(sent, [])
  })
}
