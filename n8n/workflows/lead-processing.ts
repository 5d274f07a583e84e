import {
  type CalendarAnswer,
  calendarStepNames,
  calendarSteps,
  classificationSchema,
  executionTimeoutSec,
  type JournalAnswer,
  salesSchema,
} from '@lead/contract'
import { workflow } from '@n8n/workflow-sdk'
import {
  ai,
  at,
  branch,
  calendarHelpers,
  credentials,
  errorText,
  google,
  leadApi,
  manualTrigger,
  meet,
  note,
  route,
  stop,
  webhook,
  whenNodesAreMissing,
} from './nodes.ts'
import { readPrompt } from './prompts.ts'

/** The ways out of *Accepted?*. */
const journalOutcomes: JournalAnswer['outcome'][] = ['accepted', 'again', 'superseded']

/** The ways out of *Which step?*: a request to Google each, then go on, or think again. `stop` goes nowhere. */
const calendarOutcomes: CalendarAnswer['next'][] = [...calendarStepNames, 'done', 'again']

/**
 * One turn: one piece of thinking about one lead. Think, journal, act. The workflow holds no truth: it may die at any node,
 * and the API dispatches the turn again; a decision that was journaled is then reused and no model is asked.
 */
export function leadProcessing() {
  const dispatched = webhook('Turn from the API', {
    position: at(0, 2),
    webhookId: 'lead-processing',
    parameters: {
      httpMethod: 'POST',
      path: 'lead-processing',
      authentication: 'jwtAuth',
      responseMode: 'onReceived',
      options: {},
    },
    credentials: { jwtAuth: credentials.turnWebhook },
  })
  const tryIt = manualTrigger('Try it', { position: at(-1, 3.4) })
  const example = leadApi('Example turn', 'rehearse', { position: at(0, 3.4), rehearsal: 'wish' })
  const turn = meet('Turn', { position: at(1, 2) })

  // Think
  const decided = branch('Already decided?', '={{ $json.body.decided }}', { position: at(2, 2) })
  const stored = meet('The decision is stored', { position: at(2.9, 4.4) })
  const understand = branch('New messages?', '={{ $json.body.turn.kind === "answer" }}', {
    position: at(2.9, 2),
  })
  const classifier = ai('AI classifier', {
    step: 'classifier',
    column: 4,
    row: 0.2,
    system: readPrompt('prompts-classifier.md'),
    text: '={{ $json.body.classifierPrompt }}',
    schema: classificationSchema,
  })
  const wishes = calendarHelpers('Read time wishes', 'readWishes', {
    position: at(5.4, -0.7),
    onError: 'continueErrorOutput',
  })
  const unknown = branch('Busy times needed?', '={{ $json.askGoogle ?? $json.body.askGoogle }}', {
    position: at(6.3, -0.7),
  })
  const known = leadApi('Known by now?', 'askBusy', { position: at(7.2, -1.6) })
  const ask = branch('Ask Google?', '={{ $json.ask }}', { position: at(8.1, -1.6) })
  const busy = google('Google: busy times', 'POST', 'freeBusy', {
    position: at(9, -2),
    from: "$('Turn').first().json.body.freeBusy",
  })
  const remember = leadApi('Remember busy times', 'rememberBusy', {
    position: at(9.9, -2),
    data: '={{ { status: $json.statusCode, body: $json.body } }}',
  })
  const classification = "$('AI classifier').isExecuted ? $('AI classifier').first().json.output : null"
  const free = calendarHelpers('Free times', 'freeTimes', {
    position: at(11, 2),
    parameters: {
      classification: `={{ ${classification} }}`,
      wishes: "={{ $('Read time wishes').isExecuted ? $('Read time wishes').first().json : null }}",
      busy: "={{ $json.busy ?? $('Turn').first().json.body.calendar.busy }}",
      brief:
        "={{ ({ ...$('Turn').first().json.body.brief, problem: $('Think again').isExecuted ? $('Think again').first().json.problem : undefined }) }}",
    },
  })
  const sales = ai('AI sales', {
    step: 'sales',
    column: 12,
    row: 2,
    system: readPrompt('prompts-sales.md'),
    text: '={{ $json.prompt }}',
    schema: salesSchema,
    // Who has just failed in the classifier is asked last.
    ask: "={{ $('AI classifier').isExecuted ? $('AI classifier').first().json.ask : $('Turn').first().json.body.models.ask }}",
  })

  // Journal
  const journal = leadApi('Journal the decision', 'journal', {
    position: at(13.6, 2),
    data: `={{ { classification: ${classification}, sales: $json.output, offers: $('Free times').first().json.offers, wishFree: $('Free times').first().json.wishFree, notFree: $('Free times').first().json.notFree, wishUnclear: $('Free times').first().json.wishUnclear, plan: $('Free times').first().json.plan } }}`,
  })
  const outcome = route('Accepted?', '={{ $json.outcome }}', journalOutcomes, {
    position: at(14.5, 2),
  })

  // Act
  const calendar = leadApi('Next calendar step', 'calendar', {
    position: at(16, 4.4),
    data: `={{ $json.error !== undefined ? { answer: { status: 0, error: ${errorText} } } : $json.statusCode === undefined ? {} : { answer: { status: $json.statusCode, body: $json.body } } }}`,
  })
  const step = route('Which step?', '={{ $json.next }}', calendarOutcomes, {
    position: at(17, 3.9),
  })
  const requests = calendarStepNames.map((name, index) =>
    google(`Google: ${calendarSteps[name].title}`, calendarSteps[name].method, calendarSteps[name].path, {
      position: at(18.2, 1.9 + index * 0.95),
    }),
  )
  const send = leadApi('Send in Telegram', 'send', { position: at(18.2, 8.9) })
  const crm = leadApi('Update amoCRM', 'updateCrm', { position: at(19.2, 8.9) })
  const complete = leadApi('Complete the turn', 'complete', { position: at(20.2, 8.9) })

  const answered = meet('Google answered', { position: at(19.5, 7.8) })
  const again = meet('Think again', { position: at(18.2, 0.2) })

  // Trouble: the turn goes back, and the execution ends as a failed one.
  const giveBack = (name: string, place: [column: number, row: number], service: 'models' | 'google') => {
    const [column, row] = place
    const report = leadApi(name, 'fail', {
      position: at(column, row),
      data: `={{ { reason: ${errorText}, service: "${service}", node: $prevNode.name } }}`,
    })
    const end = stop(`${name}: given back`, '={{ $json.service }}, {{ $json.node }}: {{ $json.reason }}', {
      position: at(column + 1, row),
    })
    return { report, end }
  }
  const noLabels = giveBack('Report: not understood', [6.5, 1], 'models')
  const noAnswer = giveBack('Report a failure', [13.6, 3.05], 'models')
  const noGoogle = giveBack('Report trouble with Google', [9.9, -3.3], 'google')

  let flow = workflow('leadProcessing01', 'lead-processing', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    executionTimeout: executionTimeoutSec,
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'Think',
        '# 1. Think: what does the lead want, when is there time, what do we say?\nThe API dispatches a **turn** with all it knows. The classifier labels what the lead wrote; code reads the times; Google is asked only when the shared cache does not know; the assistant writes one message and proposes one action. Prompts live in `docs/prompts-*.md`. A red end gives the turn back: it is tried again later, and in the end goes to a human.',
        { column: -1.25, row: -4.6, columns: 14.55, rows: 10, color: 4 },
      ),
    )
    .add(
      note(
        'Journal',
        '# 2. Journal\n## Checked and stored before any effect\n*again*: the time was just taken or the text may not be sent; think once more. *superseded*: a newer message came; nothing is sent.',
        { column: 13.35, row: -2.6, columns: 2.3, rows: 7.8, color: 6 },
      ),
    )
    .add(
      note(
        'Act',
        '# 3. Act: Google, Telegram, amoCRM\nThe API names the next request to Google, one after another, until the booking is confirmed. Only then the lead is told, the card is changed, the turn ends. Each effect has a key of its turn: a repeat changes nothing.',
        { column: 15.7, row: -2.6, columns: 5.5, rows: 12.7, color: 5 },
      ),
    )
    .add(
      note(
        'How to try it',
        '# Try it\n## Execute workflow, from *Try it*. The example is chosen in *Example turn*.\nThe models are asked in earnest; nothing is sent, booked or stored. Each green step shows in `would` what it would do.',
        { column: -1.25, row: 5.6, columns: 7, rows: 2, color: 3 },
      ),
    )
    .add(
      note(
        'Set-up',
        '# Set-up\n## Credentials come from .env at each start. Edits stay: npm run n8n -- diff\nCredentials: *Lead Processing API*, *Turn webhook*, *OpenAI*, *Anthropic*, *Google Calendar*. Prompts: open *AI sales* or *AI classifier*. Company, hours, sellers: `config/business.yaml`. ' +
          whenNodesAreMissing,
        { column: 6, row: 5.6, columns: 7.3, rows: 2.2 },
      ),
    )
  const steps = [
    dispatched,
    tryIt,
    example,
    turn,
    decided,
    stored,
    understand,
    classifier,
    wishes,
    unknown,
    known,
    ask,
    busy,
    remember,
    free,
    sales,
    journal,
    outcome,
    calendar,
    step,
    ...requests,
    send,
    crm,
    complete,
    answered,
    again,
    ...[noLabels, noAnswer, noGoogle].flatMap(({ report, end }) => [report, end]),
  ]
  for (const one of steps) flow = flow.add(one)

  const wires: [from: (typeof steps)[number], output: number, to: (typeof steps)[number]][] = [
    [dispatched, 0, turn],
    [tryIt, 0, example],
    [example, 0, turn],
    [turn, 0, decided],
    [decided, 0, stored],
    [stored, 0, calendar],
    [decided, 1, understand],
    [understand, 0, classifier],
    [understand, 1, unknown],
    [classifier, 0, wishes],
    [classifier, 1, noLabels.report],
    [wishes, 0, unknown],
    // The models' words do not fit the contract: as if no model had answered.
    [wishes, 1, noLabels.report],
    [unknown, 0, known],
    [unknown, 1, free],
    [known, 0, ask],
    [ask, 0, busy],
    [ask, 1, free],
    [busy, 0, remember],
    [busy, 1, noGoogle.report],
    [remember, 0, free],
    [free, 0, sales],
    [sales, 0, journal],
    [sales, 1, noAnswer.report],
    [journal, 0, outcome],
    [outcome, 0, calendar],
    [outcome, 1, again],
    [calendar, 0, step],
    ...requests.flatMap((request, index): typeof wires => [
      [step, index, request],
      [request, 0, answered],
      // No answer at all is an answer too: the API knows what it means for the booking.
      [request, 1, answered],
    ]),
    // The one way back of Act, and the one way back to thinking.
    [answered, 0, calendar],
    [again, 0, unknown],
    [step, calendarOutcomes.indexOf('done'), send],
    [step, calendarOutcomes.indexOf('again'), again],
    [send, 0, crm],
    [crm, 0, complete],
    ...[noLabels, noAnswer, noGoogle].map(({ report, end }): (typeof wires)[number] => [report, 0, end]),
  ]
  for (const [from, output, to] of wires) flow = flow.connect(from, output, to, 0)
  return flow
}
