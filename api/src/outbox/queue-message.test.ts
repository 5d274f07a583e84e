import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { queueMessage } from './queue-message.ts'

const app = await startTestApp()

test('the same key at the same moment is one message', async () => {
  await addLead(app.db, 1)
  const message = { leadId: 1, turnId: null, author: 'human' as const, text: 'Добрый день', key: 'one' }
  const queued = await Promise.all(
    Array.from({ length: 8 }, () => inTransaction(app.db, (tx) => queueMessage(tx, message))),
  )
  assert.equal(new Set(queued.map(({ outboxId, messageId }) => `${outboxId} ${messageId}`)).size, 1)
  assert.equal((await rowsOf(app.db, 'select id from messages')).length, 1)
  assert.equal((await rowsOf(app.db, 'select id from outbox')).length, 1)
})
