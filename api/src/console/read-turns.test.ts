import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimTurns, renewLease, scheduleTurn } from '../turns/engine/engine.ts'
import { addLead } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { readTurns } from './read-turns.ts'

const { db, process } = await startTestApp()

test('the link leads to the execution in the workflow that reported, whatever n8n calls it', async () => {
  await addLead(db, 1)
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  const [turn] = await claimTurns(db, { most: 1, leaseMs: 60_000, process })
  const { id, fencing } = turn ?? assert.fail('no turn')
  const link = async (editor: string | null) => (await readTurns(db, 1, editor))[0]?.executionUrl
  assert.equal(await link('https://n8n.example.com'), null)
  await renewLease(db, id, { fencing, executionId: '17', workflowId: 'Theirs/1' })
  assert.equal(
    await link('https://n8n.example.com/'),
    'https://n8n.example.com/workflow/Theirs%2F1/executions/17',
  )
  assert.equal(await link(null), null)
})
