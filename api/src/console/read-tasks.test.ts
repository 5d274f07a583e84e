import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAmocrm } from '../amocrm/client.ts'
import { createMemoryGate } from '../amocrm/memory-gate.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { readTasks } from './read-tasks.ts'

const server = await startAmocrmServer()
const amocrm = createAmocrm({ baseUrl: server.url, token: 'secret', gate: createMemoryGate(1000) })

test('what is still to be done on the card, the earliest first; no answer is said, not thrown', async () => {
  const task = (id: number, text: string, due: number, rest = {}) => ({
    id,
    text,
    entity_id: 5,
    is_completed: false,
    complete_till: due,
    ...rest,
  })
  server.answers.set('GET /api/v4/tasks', {
    status: 200,
    body: {
      _embedded: {
        tasks: [
          task(1, 'Call them', 1_900_000_000),
          task(2, 'Send the contract', 1_800_000_000),
          task(3, 'Done', 1_700_000_000, { is_completed: true }),
          task(4, 'Of another lead', 1_700_000_000, { entity_id: 6 }),
        ],
      },
    },
  })
  assert.deepEqual(await readTasks({ amocrm }, 5), {
    tasks: [
      { id: 2, text: 'Send the contract', dueAt: new Date(1_800_000_000_000) },
      { id: 1, text: 'Call them', dueAt: new Date(1_900_000_000_000) },
    ],
    problem: null,
  })
  server.answers.set('GET /api/v4/tasks', { status: 502, body: '<h1>502 Bad Gateway</h1>' })
  const { tasks, problem } = await readTasks({ amocrm }, 5)
  assert.equal(tasks, null)
  assert.match(problem ?? '', /502/)
})
