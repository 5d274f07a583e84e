import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'

type Line = { from: 'person' | 'seller'; text: string }
type Calendars = { calendars: { connected: boolean; reason: string | null }[] }

describe("Google takes back its permission, seen through the whole system and n8n's own OAuth", () => {
  let system: System
  before(async () => {
    system = await startTestSystem()
    await ask(`${system.urls.amocrm}/_sim/limits`, { json: { perSecond: null } })
  })
  after(() => system.stop())

  async function newLead(username: string) {
    const { id } = (
      await ask(`${system.urls.telegram}/_sim/people`, { json: { firstName: 'Ольга', username } })
    ).body as { id: number }
    const contact = { name: 'Ольга', telegram: username }
    const { leadId } = (await ask(`${system.urls.amocrm}/_sim/leads`, { json: { name: 'Заявка', contact } }))
      .body as { leadId: number }
    await until('the first message', async () => (await said(id)).length > 0)
    return { id, leadId }
  }
  const said = async (id: number) =>
    (
      (await ask(`${system.urls.telegram}/_sim/people/${id}/chat`)).body as { messages: Line[] }
    ).messages.filter((line) => line.from === 'seller')
  /** Says something and waits for the answer. */
  async function talk({ id }: { id: number }, text: string): Promise<string> {
    const known = (await said(id)).length
    await ask(`${system.urls.telegram}/_sim/people/${id}/say`, { json: { text } })
    await until(`an answer to "${text}"`, async () => (await said(id)).length > known, 90)
    return (await said(id)).at(-1)!.text
  }
  const calendar = async () =>
    (
      (await ask(`${system.urls.api}/calendars`, { token: system.config.settings.API_TOKEN }))
        .body as Calendars
    ).calendars[0]!
  const tokens = (what: string) => ask(`${system.urls.google}/_sim/tokens/${what}`, { method: 'POST' })

  test('before the pick or before the question: never "booked", a human confirms; it heals by itself', async () => {
    const [picks, asks] = await Promise.all([newLead('olga_picks'), newLead('olga_asks')])
    assert.match(await talk(picks, 'Давайте встретимся, когда можно?'), /^1\) /m)
    await tokens('revoke')
    assert.match(await talk(picks, 'Давайте первый вариант'), /подтвердит коллега/)
    // Not sooner: until the loss is noticed, the cached busy times are offered in good faith.
    assert.match(await talk(asks, 'Давайте встретимся, когда можно?'), /подтвердит коллега/)
    const { connected, reason } = await calendar()
    assert.equal(connected, false)
    assert.match(reason!, /needs to be reconnected/)
    await tokens('restore')
    for (const { leadId } of [picks, asks]) {
      await until('a task for a human', async () => {
        const card = (await ask(`${system.urls.amocrm}/_sim/leads/${leadId}`)).body
        return (card as { tasks: { text: string }[] }).tasks.some((task) =>
          /Календарь недоступен/.test(task.text),
        )
      })
    }
    assert.deepEqual((await ask(`${system.urls.google}/_sim/events`)).body, [])
    await until('the calendar sync notices', async () => (await calendar()).connected, 90)
  })
})
