import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { deliverMessage } from '../../api/src/telegram/deliver-message.ts'
import { processNextEvent } from '../../api/src/inbox/process-inbox.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { createBot } from '../../api/src/telegram/bot/bot.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { startTestApp, type TestApp } from '../../api/src/testing/test-app.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { dispatchDueTurns } from '../../api/src/turns/dispatch-turns.ts'
import { startTelegram } from '../../simulators/telegram/start.ts'
import { ask } from '../system.ts'

export type Said = { from: 'person' | 'seller'; text: string; id: number }

/** The API's ports with a real bot client, the Telegram simulator, and an n8n that only notes which turns it was given. */
export async function startBotWorld(mode: 'bot' | 'secretary', variables: Record<string, string> = {}) {
  const simulator = await startTelegram({ port: 0, controlPort: 0 })
  const dispatched: { turn: { leadId: number; kind: string } }[] = []
  const n8n = createHttpServer(async (request, response) => {
    const chunks = await request.toArray()
    dispatched.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.end('{}')
  })
  await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve))
  const config = testConfig({
    TELEGRAM_MODE: mode,
    TELEGRAM_BOT_TOKEN: 'mock_bot',
    TELEGRAM_PACE: 'off',
    SIM_TELEGRAM_CONTROL_PORT: String(simulator.controlPort),
    N8N_URL: `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`,
    ...variables,
  })
  const app: TestApp = await startTestApp({ config })
  app.telegram = createBot(app)
  after(async () => {
    await app.telegram.close()
    await simulator.close()
    n8n.closeAllConnections()
    n8n.close()
  })

  const control = async <Answer>(path: string, json?: unknown, method?: string): Promise<Answer> => {
    const answer = await ask(`${simulator.url}/_sim/${path}`, {
      ...(json === undefined ? {} : { json }),
      ...(method ? { method } : {}),
    })
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`)
    return answer.body as Answer
  }
  const rows = <Row>(sql: string, values: unknown[] = []) => rowsOf<Row>(app.db, sql, values)

  return {
    app,
    simulator,
    control,
    rows,
    dispatched,
    addPerson: (person: object) => control<{ id: number }>('people', { firstName: 'Anna', ...person }),
    chat: async (personId: number, accountId?: number) => {
      const path = `people/${personId}/chat${accountId ? `?accountId=${accountId}` : ''}`
      return (await control<{ messages: Said[] }>(path)).messages
    },
    /** Works off the inbox until `count` events of the bot are done. @returns what each came to */
    hear: async (count: number): Promise<string[]> => {
      const deadline = Date.now() + 60_000
      for (;;) {
        while (await processNextEvent(app));
        const events = await rows<{ reason: string; state: string }>(
          `select state, reason from inbox_events where source = 'telegram_bot' order by id`,
        )
        const done = events.filter(({ state }) => state !== 'received')
        if (done.length >= count) return done.map(({ reason }) => reason)
        assert.ok(Date.now() < deadline, `heard ${JSON.stringify(events)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    deliverOnce: () => deliverDue(app, 'telegram', (row) => deliverMessage(app, row)),
    /** Makes what waits due, and delivers it. */
    deliver: async () => {
      await app.db.query(`update outbox set run_at = now() where state = 'pending'`)
      while (await deliverDue(app, 'telegram', (row) => deliverMessage(app, row)));
    },
    dispatch: async () => {
      await app.db.query(`update turns set run_at = now() where state = 'pending'`)
      while (await dispatchDueTurns(app));
    },
    outbox: () =>
      rows<{ state: string; last_error: string | null; channel: string; kind: string; text: string }>(
        `select state, last_error, channel, payload ->> 'kind' as kind, payload ->> 'text' as text from outbox order by id`,
      ),
  }
}
