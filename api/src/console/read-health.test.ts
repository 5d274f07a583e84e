import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestApp } from '../testing/test-app.ts'
import { readHealth } from './read-health.ts'

const app = await startTestApp()
const hooks = async () => (await readHealth(app)).integrations.find(({ name }) => name === 'hooks')

test('webhooks that amoCRM switched off stand among the integrations, and that they are renewed', async () => {
  const keep = (value: object) =>
    app.db.query(
      `insert into cursors (name, value) values ('amocrm.hooks', $1) on conflict (name) do update set value = excluded.value`,
      [JSON.stringify(value)],
    )
  assert.deepEqual([(await hooks())?.ok, (await hooks())?.detail], [true, null])
  const address = 'https://n8n.example/webhook/lead-intake/amocrm/[secret]'
  await keep({ off: [{ address, since: 0, why: 'answered 403' }], renewed: null })
  const off = await hooks()
  assert.equal(off?.ok, false)
  assert.match(off?.detail ?? '', /lead-intake.*is off since 1970.*answered 403/)
  await keep({ off: [], renewed: { address, at: Date.now() } })
  assert.equal((await hooks())?.ok, true)
  assert.match((await hooks())?.detail ?? '', /renewed at/)
})
