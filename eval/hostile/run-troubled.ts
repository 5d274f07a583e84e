import { createServer } from 'node:http'
import {
  classificationSchema,
  planMessage,
  salesSchema,
  type Turn,
  turnSchema,
  type Vendor,
} from '@lead/contract'
import type { z } from 'zod'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { saveItems } from '../../api/src/knowledge/save-items.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { recordModelCall } from '../../api/src/models/record-model-call.ts'
import { readModels } from '../../api/src/settings/models.ts'
import { openApp } from '../../api/src/testing/open-app.ts'
import { addInbound, addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { completeTurn } from '../../api/src/turns/complete-turn.ts'
import { dispatchDueTurns } from '../../api/src/turns/dispatch-turns.ts'
import { renewLease, scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { failTurn } from '../../api/src/turns/fail-turn.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { sendTurnMessage, updateCrmForTurn } from '../../api/src/turns/turn-effects.ts'
import { type ChatModel, askInTurn } from '../../n8n/nodes/src/ask-in-turn.ts'
import { salesPrompt } from '../../n8n/nodes/src/sales-prompt.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { formatInstructions } from '../models/format-instructions.ts'
import { chatModel } from '../models/open-model.ts'
import { parseAnswer } from '../models/parse-answer.ts'
import type { Prompts } from '../read-prompts.ts'
import type { Say } from '../suite.ts'

export type Troubled = {
  name: string
  leads: number
  answered: number
  withHuman: number
  /** Leads that have neither in the end. */
  silent: number[]
  crashes: string[]
  calls: number
  useless: number
  /** How often a turn waited for a vendor or for its next try. */
  waited: number
}

const leads = 60
/** More rounds than a turn has tries, and those of an outage that ends. */
const mostRounds = 24
/** `timeoutMs`: how long a vendor is waited for, far below the simulator's delay. */
const troubles = {
  garbage: { mode: { mode: 'broken' }, timeoutMs: 5000, backAfter: mostRounds },
  slow: { mode: { mode: 'slow', delayMs: 1500 }, timeoutMs: 200, backAfter: 4 },
} as const

/**
 * Leads write while no model is of any use. Thinking is done here as in the workflow; who is asked, when it is tried again, what waits and who gets
 * the lead in the end is the API's own. Time is moved on, never waited for.
 */
export async function runTroubled(
  name: keyof typeof troubles,
  { prompts, say = () => {} }: { prompts: Prompts; say?: Say },
): Promise<Troubled> {
  const { mode, timeoutMs, backAfter } = troubles[name]
  const simulator = await startLlm({ port: 0 })
  const setMode = (body: object) =>
    fetch(`${simulator.url}/_sim/mode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await setMode(mode)
  const table = readModels()
  const models: Record<Vendor, ChatModel> = {
    openai: chatModel(table, {
      vendor: 'openai',
      url: `${simulator.url}/v1`,
      key: 'sk-test',
      model: 'gpt-6-luna',
    }),
    anthropic: chatModel(table, {
      vendor: 'anthropic',
      url: simulator.url,
      key: 'sk-test',
      model: 'claude-sonnet-5-5',
    }),
  }
  const database = await startTestDatabase()
  const thinking: Promise<void>[] = []
  const crashes: string[] = []
  /** Takes a turn as n8n's webhook does. */
  const n8n = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      response.writeHead(200).end('{}')
      const body = turnSchema.parse(JSON.parse(Buffer.concat(parts).toString()))
      thinking.push(
        think(body).catch(
          (error: unknown) => void crashes.push(error instanceof Error ? error.message : String(error)),
        ),
      )
    })
  })
  await new Promise<void>((resolve) => n8n.listen(0, '127.0.0.1', resolve))
  const address = n8n.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const app = { ...openApp(database.url), config: testConfig({ N8N_URL: `http://127.0.0.1:${port}` }) }
  let waited = 0
  try {
    await saveSellers(app)
    await saveItems(app)
    for (let id = 1; id <= leads; id += 1) {
      const language = id % 2 === 0 ? 'ru' : 'en'
      await addLead(app.db, id, { language, contact_name: language === 'ru' ? 'Олег' : 'Oliver' })
      await addInbound(
        app.db,
        id,
        language === 'ru' ? 'Здравствуйте, расскажите подробнее' : 'Hello, tell me more',
      )
      await scheduleTurn(app.db, { leadId: id, kind: 'answer', quietMs: 0, longestMs: 0 })
    }
    for (let round = 0; round < mostRounds; round += 1) {
      if (round === backAfter) await setMode({ mode: 'modest' })
      // A round takes as many as may run at once.
      while (await dispatchDueTurns(app)) await Promise.all(thinking.splice(0))
      const open = await rowsOf<{ id: number }>(
        app.db,
        `select id from turns where state in ('pending', 'running')`,
      )
      if (open.length === 0) break
      waited += open.length
      await moveOn()
    }
    say(`hostile: ${leads} leads with a model of no use (${name})`)
    return await judge()
  } finally {
    n8n.close()
    await app.db.end()
    await database.stop()
    await simulator.close()
  }

  /** The next try of each turn and the next probe of each vendor are due. */
  async function moveOn(): Promise<void> {
    await app.db.query(
      `with probes as (update outages set probe_at = now() where probe_at is not null)
       update turns set run_at = case when state = 'pending' then now() else run_at end,
         lease_until = case when state = 'running' then now() - interval '1 s' end where state in ('pending', 'running')`,
    )
  }

  async function think(body: Turn): Promise<void> {
    const lease = { turnId: body.turn.id, fencing: body.turn.fencing }
    await renewLease(app.db, lease.turnId, { fencing: lease.fencing, executionId: `eval-${lease.turnId}` })
    const ask = async <Schema extends z.ZodType<object>>(
      step: 'classifier' | 'sales',
      text: string,
      schema: Schema,
    ): Promise<z.output<Schema>> => {
      const { output } = await askInTurn({
        models,
        ask: body.models.ask,
        step,
        system: `${formatInstructions(schema)}\n\n${prompts[step]}`,
        text,
        parse: async (answer) => parseAnswer(schema, answer),
        report: (call) => recordModelCall(app, lease, call),
        timeoutMs,
      })
      return schema.parse(output)
    }
    try {
      const free = { offers: [], wishFree: null, notFree: [], wishUnclear: false }
      const classification = await ask('classifier', body.classifierPrompt, classificationSchema)
      const plan = planMessage({
        kind: 'answer',
        hasMeeting: false,
        known: body.brief.facts,
        classification,
        saysTime: false,
        standing: body.brief.standing,
      })
      for (let tries = 0; tries < 4; tries += 1) {
        const sales = await ask(
          'sales',
          salesPrompt(body.brief, classification, free, { plan, hasList: false }),
          salesSchema,
        )
        const answer = await journalDecision(app, lease, { classification, sales, ...free, plan })
        if (answer.outcome === 'again') continue
        if (answer.outcome === 'accepted') {
          await sendTurnMessage(app, lease)
          await updateCrmForTurn(app, lease)
          await completeTurn(app, lease)
        }
        return
      }
    } catch (error) {
      // As the workflow's red end: the turn is given back.
      await failTurn(app, lease, {
        reason: error instanceof Error ? error.message : String(error),
        service: 'models',
      })
    }
  }

  async function judge(): Promise<Troubled> {
    const rows = await rowsOf<{ id: number; answered: boolean; human: boolean }>(
      app.db,
      `select id, control = 'human' as human, exists (
         select from messages m where m.lead_id = l.id and m.direction = 'out') as answered from leads l order by id`,
    )
    const [calls] = await rowsOf<{ all: number; useless: number }>(
      app.db,
      `select count(*)::int as all, count(*) filter (where outcome <> 'ok')::int as useless from model_calls`,
    )
    return {
      name,
      leads,
      answered: rows.filter(({ answered }) => answered).length,
      withHuman: rows.filter(({ human, answered }) => human && !answered).length,
      silent: rows.filter(({ answered, human }) => !answered && !human).map(({ id }) => id),
      crashes,
      calls: calls?.all ?? 0,
      useless: calls?.useless ?? 0,
      waited,
    }
  }
}
