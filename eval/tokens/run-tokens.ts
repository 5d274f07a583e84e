import {
  classificationSchema,
  type Classification,
  planMessage,
  salesSchema,
  type Turn,
} from '@lead/contract'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { saveItems } from '../../api/src/knowledge/save-items.ts'
import { findLead, requireLead } from '../../api/src/leads/lead.ts'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import type { Business } from '../../api/src/settings/business.ts'
import { openApp } from '../../api/src/testing/open-app.ts'
import { addInbound, addLead, claimAll } from '../../api/src/testing/seed.ts'
import { endTurn, scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { turnContext } from '../../api/src/turns/turn-context.ts'
import { sendTurnMessage } from '../../api/src/turns/turn-effects.ts'
import { salesPrompt } from '../../n8n/nodes/src/sales-prompt.ts'
import { formatInstructions } from '../models/format-instructions.ts'
import type { EvalModel } from '../models/open-model.ts'
import type { Prompts } from '../read-prompts.ts'
import { percent, type Say, share, type SuiteResult } from '../suite.ts'

const turns = 40
const early = 10
/** Of turn 40, over turn 10. */
const mostGrowth = 1.3

/** What a lead goes on about; each time with a number, so that no two lines are the same. */
const words = [
  'Расскажите, как это работает с нашей CRM, у нас вариант',
  'А если менеджер в отпуске, кто отвечает? Случай',
  'Понятно. У нас ещё есть филиал, там людей',
  'Мы сейчас отвечаем вручную и теряем заявки, примерно',
  'Сколько времени уйдёт на подключение? Отделов у нас',
  'Хорошо, я подумаю и посоветуюсь, вопрос номер',
]

type Call = { step: 'classifier' | 'sales'; input: number; cached: number; sameBeginning: number }

/** One lead talks for 40 turns through the API's own context, prompts and journal; what each turn sends to the model is counted. */
export async function runTokens(
  business: Business,
  { model, prompts, say = () => {} }: { model: EvalModel; prompts: Prompts; say?: Say },
): Promise<SuiteResult> {
  const database = await startTestDatabase()
  const app = { ...openApp(database.url), business }
  const calls: Call[][] = []
  const last: Record<Call['step'], string> = { classifier: '', sales: '' }
  try {
    await saveSellers(app)
    await saveItems(app)
    await addLead(app.db, 1, { name: 'Заявка с сайта', contact_name: 'Ольга', language: 'ru' })
    for (let number = 1; number <= turns; number += 1) {
      await addInbound(app.db, 1, `${words[number % words.length] ?? ''} ${number}.`)
      calls.push(await oneTurn())
      if (number % 10 === 0) say(`tokens: turn ${number} of ${turns}`)
    }
  } finally {
    await app.db.end()
    await database.stop()
  }
  const inputOf = (turn: number) => sum(calls[turn - 1] ?? [], ({ input }) => input)
  const growth = inputOf(turns) / inputOf(early)
  const steady = calls.slice(early).flat()
  const beginning = sum(steady, (call) => call.sameBeginning * call.input) / sum(steady, ({ input }) => input)
  const cached = sum(steady, (call) => call.cached) / sum(steady, ({ input }) => input)
  return {
    suite: 'tokens',
    of: model.name,
    simulated: model.simulated,
    about: [
      `One lead talks for ${turns} turns. Counted is what the classifier and the assistant are sent in each turn; at most ${mostGrowth} times as much in turn ${turns} as in turn ${early}.`,
      'A beginning that is the same as in the call before costs less at most vendors; the cached share is what the vendor itself reported.',
      ...(model.simulated ? ['The simulator counts a token for four characters.'] : []),
    ],
    figures: [
      {
        name: `input tokens of turn ${turns} over turn ${early}`,
        value: growth,
        better: 'lower',
        slack: 0.05,
      },
      share('beginning that is the same as in the call before', beginning, 0.05),
      share('cached, as the vendor reports', cached, 0.2),
    ],
    tables: [
      {
        title: 'Input tokens by turn',
        head: ['turn', 'classifier', 'assistant', 'both', 'same beginning', 'cached'],
        rows: [1, 5, early, 20, 30, turns].map((turn) => {
          const of = calls[turn - 1] ?? []
          const both = sum(of, ({ input }) => input)
          return [
            turn,
            sum(
              of.filter(({ step }) => step === 'classifier'),
              ({ input }) => input,
            ),
            sum(
              of.filter(({ step }) => step === 'sales'),
              ({ input }) => input,
            ),
            both,
            percent(sum(of, (call) => call.sameBeginning * call.input) / both),
            percent(sum(of, (call) => call.cached) / both),
          ]
        }),
      },
    ],
    misses:
      growth > mostGrowth
        ? [
            {
              id: 'growth',
              what: `turn ${turns} needs ${growth.toFixed(2)} times the tokens of turn ${early}`,
            },
          ]
        : [],
    bars: { title: 'Same beginning', bars: [{ label: 'turns 11 to 40', value: beginning }] },
  }

  async function oneTurn(): Promise<Call[]> {
    await scheduleTurn(app.db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
    const [turn] = await claimAll(app.db)
    if (!turn) throw new Error('the turn was not claimed')
    await app.db.query(
      'update turns set seen_at = now(), seen_message_id = (select max(id) from messages where lead_id = 1) where id = $1',
      [turn.id],
    )
    const lease = { turnId: turn.id, fencing: turn.fencing }
    const lead = await requireLead(findLead(app.db, 1))
    const context = await turnContext(app, turn, lead, ['openai'])
    const heard = await count('classifier', context.classifierPrompt)
    const classification = heard.output
    const said = await count('sales', textOfSales(context, classification))
    const free = { offers: [], wishFree: null, notFree: [], wishUnclear: false }
    const { sales } = said
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await journalDecision(app, lease, {
        classification,
        sales,
        ...free,
        plan: planOf(context, classification),
      })
      if (answer.outcome !== 'again') break
    }
    await sendTurnMessage(app, lease)
    await app.db.query(`update outbox set state = 'done' where channel = 'telegram'`)
    await endTurn(app.db, lease, 'done')
    // The talk goes on whatever was decided.
    await app.db.query(`update leads set control = 'ai', opted_out_at = null where id = 1`)
    return [heard.call, said.call]
  }

  async function count(step: 'classifier', text: string): Promise<{ call: Call; output: Classification }>
  async function count(
    step: 'sales',
    text: string,
  ): Promise<{ call: Call; sales: ReturnType<typeof salesSchema.parse> }>
  async function count(step: Call['step'], text: string) {
    const before = model.spent()
    const system = step === 'classifier' ? prompts.classifier : prompts.sales
    const answer =
      step === 'classifier'
        ? { output: await model.ask({ step, system, text, schema: classificationSchema }) }
        : { sales: await model.ask({ step, system, text, schema: salesSchema }) }
    const after = model.spent()
    const schema = step === 'classifier' ? classificationSchema : salesSchema
    const whole = `${formatInstructions(schema)}\n\n${system}\n${text}`
    const call = {
      step,
      input: after.input - before.input,
      cached: after.cached - before.cached,
      sameBeginning: commonLength(last[step], whole) / whole.length,
    }
    last[step] = whole
    return { call, ...answer }
  }
}

const planOf = ({ turn, brief }: Turn, classification: Classification) =>
  planMessage({
    kind: turn.kind,
    hasMeeting: brief.meeting !== null,
    known: brief.facts,
    classification,
    saysTime: false,
    standing: brief.standing,
  })

const textOfSales = (context: Turn, classification: Classification) =>
  salesPrompt(
    context.brief,
    classification,
    { offers: [], wishFree: null, notFree: [], wishUnclear: false },
    { plan: planOf(context, classification), hasList: false },
  )

function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

const sum = <Row>(rows: Row[], valueOf: (row: Row) => number) =>
  rows.reduce((total, row) => total + valueOf(row), 0)
