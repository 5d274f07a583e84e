import { z } from 'zod'
import type { App } from '../../app.ts'
import { amocrmState } from '../../amocrm/amocrm-state.ts'
import { hooksReadiness } from '../../amocrm/keep-subscription.ts'
import { describeBudgets, readBudgets } from '../../budgets/read-budgets.ts'
import { calendarStates } from '../../calendar/calendar-states.ts'
import { findTroubles, troubleText } from '../../telegram/troubles.ts'
import { askN8n } from '../../console/read-health.ts'
import { askWorker } from '../../turns/worker-beat.ts'
import { knownOutages } from '../../outages/who-is-away.ts'
import type { Server } from '../server-type.ts'
import { hasToken } from '../token.ts'

const check = z.object({ ok: z.boolean(), detail: z.string().optional() })

/** /health: the process is up, and which integrations are simulated. /ready: it can do its work. */
export function addHealth(server: Server, app: App): void {
  const simulated = Object.entries(app.config.mocks)
    .filter(([, mock]) => mock)
    .map(([name]) => name)
  const warning =
    app.config.production && simulated.length > 0
      ? `Production runs with simulated integrations: ${simulated.join(', ')}`
      : undefined

  server.get(
    '/health',
    {
      schema: {
        summary: 'Is the process up',
        response: {
          200: z.object({
            status: z.literal('ok'),
            simulated: z.array(z.string()),
            warning: z.string().optional(),
          }),
        },
      },
    },
    async () => ({ status: 'ok' as const, simulated, warning }),
  )

  const readiness = z.object({
    ready: z.boolean(),
    database: check.optional(),
    cache: check.optional(),
    telegram: check.optional(),
    calendars: check.optional(),
    amocrm: check.optional(),
    models: check.optional(),
    budgets: check.optional(),
    hooks: check.optional(),
    n8n: check.optional(),
    /** Whether executions of n8n run: in queue mode that is a worker. */
    worker: check.optional(),
    /** What turns wait for. */
    outages: check.optional(),
  })
  server.get(
    '/ready',
    {
      schema: {
        summary: 'Can it do its work. In production the details are for who has the token',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (request, reply) => {
      if (app.config.production && !hasToken(request, app.config.apiToken)) {
        const { ok } = await probe(async () => void (await app.db.query('select 1')))
        return reply.code(ok ? 200 : 503).send({ ready: ok })
      }
      const [database, cache, account, troubles, amocrm, hooks, states, spent, n8n, worker, away] =
        await Promise.all([
          probe(async () => void (await app.db.query('select 1'))),
          probe(() => app.cache.ping()),
          app.telegram.status().catch(() => null),
          findTroubles(app).catch(() => []),
          amocrmState(app).catch(() => ({ ok: false, detail: 'unknown: the database does not answer' })),
          hooksReadiness(app).catch(() => undefined),
          calendarStates(app).catch(() => []),
          readBudgets(app).catch(() => null),
          probe(() => askN8n(app)),
          probe(() => askWorker(app)),
          knownOutages(app.db).catch(() => []),
        ])
      const lost = states.filter((state) => !state.connected)
      const calendars = {
        ok: lost.length === 0,
        detail: lost.map(({ sellerId, reason }) => `${sellerId}: ${reason}`).join('; ') || undefined,
      }
      const telegram = {
        ok: account?.state === 'online' && troubles.length === 0,
        detail: troubles.map(troubleText).join('; ') || account?.state,
      }
      const ending = app.config.endingModels(app.now())
      const models = { ok: ending.length === 0, detail: ending.join('; ') || undefined }
      // Redis and the outside services may be away for a while: work waits in the database.
      const ready = database.ok
      return reply.code(ready ? 200 : 503).send({
        ready,
        database,
        cache: { ...cache, detail: cache.detail ?? app.cache.kind },
        telegram,
        calendars,
        amocrm,
        models,
        budgets: spent ? { ok: !spent.isSpent, detail: describeBudgets(spent) } : undefined,
        hooks,
        n8n,
        worker,
        outages: {
          ok: away.length === 0,
          detail: away.map(({ service, reason }) => `${service}: ${reason}`).join('; ') || undefined,
        },
      })
    },
  )
}

async function probe(work: () => Promise<void>): Promise<{ ok: boolean; detail?: string }> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'failed' }
  }
}
