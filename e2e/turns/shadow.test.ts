import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parseDocument } from 'yaml'
import { repository } from '../../local/settings/config.ts'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'

type Entry = { kind: string } & Record<string, unknown>
type Person = { id: number; leadId: number }
type Would = { leadId: number; kind: string; decided: { action: string; reply: string } | null }

describe('shadow mode, seen from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shadow-'))
  let system: System
  before(async () => {
    const rules = parseDocument(readFileSync(join(repository, 'config/business.yaml'), 'utf8'))
    rules.set('mode', 'shadow')
    const file = join(folder, 'business.yaml')
    writeFileSync(file, rules.toString())
    system = await startTestSystem({ BUSINESS_CONFIG: file })
  })
  after(async () => {
    await system.stop()
    rmSync(folder, { recursive: true })
  })

  test('a lead is thought about, and Telegram, the calendar and the card see nothing of it', async () => {
    const person = (
      await ask(`${system.urls.telegram}/_sim/people`, { json: { firstName: 'Ольга', username: 'olga_s' } })
    ).body as Person
    const contact = { name: 'Ольга', telegram: 'olga_s' }
    const made = await ask(`${system.urls.amocrm}/_sim/leads`, { json: { name: 'Заявка', contact } })
    const { leadId } = made.body as Person
    const token = system.config.settings.API_TOKEN
    const would = async () => (await ask(`${system.urls.api}/turns?state=shadow`, { token })).body as Would[]
    const first = await until('the first touch is decided', async () =>
      (await would()).find((turn) => turn.leadId === leadId),
    )
    assert.equal(first.kind, 'first_touch')
    assert.ok(first.decided && first.decided.reply.length > 10)
    await until('its effects came to nothing', async () => {
      const story = (await ask(`${system.urls.api}/conversation/${leadId}`, { token })).body as {
        turns: { state: string }[]
        deliveries: { state: string }[]
      }
      return (
        story.turns.some(({ state }) => state === 'done') &&
        story.deliveries.length >= 2 &&
        story.deliveries.every(({ state }) => state === 'cancelled')
      )
    })

    const journal = async (of: 'amocrm' | 'telegram' | 'google') =>
      ((await ask(`${system.urls[of]}/_sim/journal`)).body as { entries: Entry[] }).entries
    const seen = (await journal('telegram')).filter(
      ({ kind, personId }) => ['message', 'typing', 'read'].includes(kind) && personId === person.id,
    )
    assert.deepEqual(seen, [])
    assert.deepEqual(
      (await journal('google')).filter(({ kind }) => kind.startsWith('event.')),
      [],
    )
    const written = (await journal('amocrm')).filter(({ kind }) =>
      ['lead.updated', 'note', 'task', 'status'].includes(kind),
    )
    assert.deepEqual(written, [])
  })
})
