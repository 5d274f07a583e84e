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
  note,
  route,
  stop,
  webhook,
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
  const turn = webhook('Turn', {
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

  // Think
  const decided = branch('Already decided?', '={{ $json.body.decided }}', { position: at(0.9, 2) })
  const understand = branch('New messages?', '={{ $json.body.turn.kind === "answer" }}', {
    position: at(1.8, 2),
  })
  const classifier = ai('AI classifier', {
    step: 'classifier',
    column: 2.9,
    row: 0.2,
    system: readPrompt('prompts-classifier.md'),
    text: '={{ $json.body.classifierPrompt }}',
    schema: classificationSchema,
  })
  const wishes = calendarHelpers('Read time wishes', 'readWishes', {
    position: at(4.3, 0.2),
    onError: 'continueErrorOutput',
  })
  const unknown = branch('Busy times needed?', '={{ $json.askGoogle }}', { position: at(5.2, 0.2) })
  const known = leadApi('Known by now?', 'askBusy', { position: at(5.2, -0.7) })
  const ask = branch('Ask Google?', '={{ $json.ask }}', { position: at(6.1, -0.7) })
  const busy = google('Google: busy times', 'POST', 'freeBusy', {
    position: at(7, -0.7),
    from: "$('Turn').first().json.body.freeBusy",
  })
  const remember = leadApi('Remember busy times', 'rememberBusy', {
    position: at(7.9, -0.7),
    data: '={{ { status: $json.statusCode, body: $json.body } }}',
  })
  const classification = "$('AI classifier').isExecuted ? $('AI classifier').first().json.output : null"
  const free = calendarHelpers('Free times', 'freeTimes', {
    position: at(7.9, 2),
    parameters: {
      classification: `={{ ${classification} }}`,
      wishes: "={{ $('Read time wishes').isExecuted ? $('Read time wishes').first().json : null }}",
      busy: "={{ $json.busy ?? $('Turn').first().json.body.calendar.busy }}",
      brief: "={{ ({ ...$('Turn').first().json.body.brief, problem: $json.problem }) }}",
    },
  })
  const sales = ai('AI sales', {
    step: 'sales',
    column: 9,
    row: 2,
    system: readPrompt('prompts-sales.md'),
    text: '={{ $json.prompt }}',
    schema: salesSchema,
    // Who has just failed in the classifier is asked last.
    ask: "={{ $('AI classifier').isExecuted ? $('AI classifier').first().json.ask : $('Turn').first().json.body.models.ask }}",
  })

  // Journal
  const journal = leadApi('Journal the decision', 'journal', {
    position: at(10.8, 2),
    data: `={{ { classification: ${classification}, sales: $json.output, offers: $('Free times').first().json.offers, wishFree: $('Free times').first().json.wishFree, notFree: $('Free times').first().json.notFree, wishUnclear: $('Free times').first().json.wishUnclear } }}`,
  })
  const outcome = route('Accepted?', '={{ $json.outcome }}', journalOutcomes, {
    position: at(11.7, 2),
  })

  // Act
  const calendar = leadApi('Next calendar step', 'calendar', {
    position: at(13, 2),
    data: `={{ $json.error !== undefined ? { answer: { status: 0, error: ${errorText} } } : $json.statusCode === undefined ? {} : { answer: { status: $json.statusCode, body: $json.body } } }}`,
  })
  const step = route('Which step?', '={{ $json.next }}', calendarOutcomes, {
    position: at(13.9, 1.7),
  })
  const requests = calendarStepNames.map((name, index) =>
    google(`Google: ${calendarSteps[name].title}`, calendarSteps[name].method, calendarSteps[name].path, {
      position: at(15.1, index * 0.9),
    }),
  )
  const send = leadApi('Send in Telegram', 'send', { position: at(15.1, 5.5) })
  const crm = leadApi('Update amoCRM', 'updateCrm', { position: at(16, 5.5) })
  const complete = leadApi('Complete the turn', 'complete', { position: at(16.9, 5.5) })

  // Trouble
  const fail = leadApi('Report a failure', 'fail', {
    position: at(9, 4.6),
    data: `={{ { reason: ${errorText}, service: "models", node: $prevNode.name } }}`,
  })
  const failAsking = leadApi('Report trouble with Google', 'fail', {
    position: at(7.9, 4.6),
    data: `={{ { reason: ${errorText}, service: "google", node: $prevNode.name } }}`,
  })
  const failed = stop(
    'The turn was given back',
    '={{ $json.service }}, {{ $json.node }}: {{ $json.reason }}',
    {
      position: at(9, 5.6),
    },
  )

  let flow = workflow('leadProcessing01', 'lead-processing', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    executionTimeout: executionTimeoutSec,
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'Think',
        '## 1. Think\nThe API dispatches a **turn** with all it knows. The classifier labels what the lead wrote; code reads the times; Google is asked only when the shared cache does not know; the assistant writes one message and proposes one action.\nPrompts live in `docs/prompts-*.md`.',
        { column: -0.25, row: -2, columns: 10.75, rows: 6.4, color: 4 },
      ),
    )
    .add(
      note(
        'Journal',
        '## 2. Journal\nThe API checks and stores the decision **before** any effect.\n*again*: the time was just taken or the text may not be sent; think once more.\n*superseded*: a newer message came; nothing is sent.',
        { column: 10.58, row: -1, columns: 2.17, rows: 5.4, color: 6 },
      ),
    )
    .add(
      note(
        'Act',
        '## 3. Act\nThe API names the next request to Google, one after another, until the booking is confirmed, and looks once more whether something else came in between. Only then the lead is told, the card is changed, the turn ends. Each effect has a key of its turn: a repeat changes nothing.',
        { column: 12.83, row: -1, columns: 5.33, rows: 8, color: 5 },
      ),
    )
    .add(
      note(
        'Trouble',
        '## Trouble\nNo model answered, or Google is out of reach: the turn goes back, is tried again later, and in the end goes to a human. The execution is a failed one: service, node and reason are its error.',
        { column: 7.42, row: 4.5, columns: 3.08, rows: 2.4, color: 3 },
      ),
    )
  const steps = [
    turn,
    decided,
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
    fail,
    failAsking,
    failed,
  ]
  for (const one of steps) flow = flow.add(one)

  const wires: [from: (typeof steps)[number], output: number, to: (typeof steps)[number]][] = [
    [turn, 0, decided],
    [decided, 0, calendar],
    [decided, 1, understand],
    [understand, 0, classifier],
    [understand, 1, free],
    [classifier, 0, wishes],
    [classifier, 1, fail],
    [wishes, 0, unknown],
    // The models' words do not fit the contract: as if no model had answered.
    [wishes, 1, fail],
    [unknown, 0, known],
    [unknown, 1, free],
    [known, 0, ask],
    [ask, 0, busy],
    [ask, 1, free],
    [busy, 0, remember],
    [busy, 1, failAsking],
    [fail, 0, failed],
    [failAsking, 0, failed],
    [remember, 0, free],
    [free, 0, sales],
    [sales, 0, journal],
    [sales, 1, fail],
    [journal, 0, outcome],
    [outcome, 0, calendar],
    [outcome, 1, free],
    [calendar, 0, step],
    ...requests.flatMap((request, index): typeof wires => [
      [step, index, request],
      [request, 0, calendar],
      // No answer at all is an answer too: the API knows what it means for the booking.
      [request, 1, calendar],
    ]),
    [step, calendarOutcomes.indexOf('done'), send],
    [step, calendarOutcomes.indexOf('again'), free],
    [send, 0, crm],
    [crm, 0, complete],
  ]
  for (const [from, output, to] of wires) flow = flow.connect(from, output, to, 0)
  return flow
}
