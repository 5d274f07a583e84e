/** The parts that every workflow which thinks about a turn is made of: how a turn comes in, how Google is asked for busy times, how a decision is carried out. */
import {
  calendarStepNames,
  calendarSteps,
  classificationSchema,
  executionTimeoutSec,
  type TurnWorkflow,
  waysOutOf,
} from '@lead/contract'
import { workflow } from '@n8n/workflow-sdk'
import {
  ai,
  at,
  credentials,
  errorText,
  google,
  leadApi,
  manualTrigger,
  meet,
  note,
  stop,
  turnBranch,
  webhook,
  whenNodesAreMissing,
} from './nodes.ts'
import { readPrompt } from './prompts.ts'

type Step = ReturnType<typeof meet> | ReturnType<typeof webhook>
export type Wire = [from: Step, output: number, to: Step]

/** What the classifier answered, an expression without its braces. */
export const classification = "$('AI classifier').isExecuted ? $('AI classifier').first().json.output : null"

/** Whom to ask after the classifier, an expression: who has just failed in it is asked last. */
export const askAfterClassifier =
  "={{ $('AI classifier').isExecuted ? $('AI classifier').first().json.ask : $('Turn').first().json.body.models.ask }}"

/** The ways out of *Act on the decision*: a request to Google each, then the end, or think again. `stop` goes nowhere. */
const actOutcomes = waysOutOf('act')

/** From the dispatch to the branch *What is new?*, whose second and third way out are to be wired: new messages, nothing new. `row`: where what is decided already goes by. */
export function door(path: TurnWorkflow, row: number) {
  const dispatched = webhook('Turn from the API', {
    position: at(0, 2),
    webhookId: path,
    parameters: {
      httpMethod: 'POST',
      path,
      authentication: 'jwtAuth',
      responseMode: 'onReceived',
      options: {},
    },
    credentials: { jwtAuth: credentials.turnWebhook },
  })
  const tryIt = manualTrigger('Try it', { position: at(-1, 3.4) })
  const example = leadApi('Example turn', 'rehearse', { position: at(0, 3.4), rehearsal: 'wish' })
  const turn = meet('Turn', { position: at(1, 2) })
  const begin = turnBranch('What is new?', { position: at(2, 2) })
  const stored = meet('The decision is stored', { position: at(2.9, row) })
  const wires: Wire[] = [
    [dispatched, 0, turn],
    [tryIt, 0, example],
    [example, 0, turn],
    [turn, 0, begin],
    [begin, 0, stored],
  ]
  return { begin, stored, wires }
}

export const classify = (place = { column: 4, row: -0.3 }) =>
  ai('AI classifier', {
    step: 'classifier',
    ...place,
    shift: 160,
    system: readPrompt('prompts-classifier.md'),
    schema: classificationSchema,
  })

/** Asks Google, when neither the turn nor another one by now knows the busy times. What was found goes on as `busy`. */
export function askForBusyTimes(column: number, next: Step) {
  const known = leadApi('Known by now?', 'askBusy', { position: at(column + 0.4, -1.6), branch: true })
  const ways = waysOutOf('askBusy')
  const busy = google('Google: busy times', 'POST', 'freeBusy', {
    position: at(column + 1.8, -2),
    from: "$('Turn').first().json.body.freeBusy",
  })
  const remember = leadApi('Remember busy times', 'rememberBusy', {
    position: at(column + 2.7, -2),
    data: '={{ { status: $json.statusCode, body: $json.body } }}',
  })
  const trouble = giveBack('Report trouble with Google', [column + 2.7, -3.3], 'google')
  const wires: Wire[] = [
    [known, ways.indexOf('ask'), busy],
    [known, ways.indexOf('known'), next],
    [busy, 0, remember],
    [busy, 1, trouble.report],
    [remember, 0, next],
    ...trouble.wires,
  ]
  return { known, wires }
}

/** The turn goes back, and the execution ends as a failed one. */
export function giveBack(
  name: string,
  [column, row]: [column: number, row: number],
  service: 'models' | 'google',
) {
  const report = leadApi(name, 'fail', {
    position: at(column, row),
    data: `={{ { reason: ${errorText}, service: "${service}", node: $prevNode.name } }}`,
  })
  const end = stop(`${name}: given back`, '={{ $json.service }}, {{ $json.node }}: {{ $json.reason }}', {
    position: at(column + 1, row),
  })
  const wires: Wire[] = [[report, 0, end]]
  return { report, wires }
}

/**
 * From a decision that is stored to the end of the turn.
 * @param column where it begins; `again`: where thinking begins anew
 * @returns the ways in: `carryOut` when it is stored, `rethink` when it was refused
 */
export function act({ column, stored, again: think }: { column: number; stored: Step; again: Step }) {
  const carryOut = leadApi('Act on the decision', 'act', { position: at(column + 1.7, 3.9), branch: true })
  const requests = calendarStepNames.map((name, index) =>
    google(`Google: ${calendarSteps[name].title}`, calendarSteps[name].method, calendarSteps[name].path, {
      position: at(column + 3.7, 1.9 + index * 0.95),
    }),
  )
  const end = meet('Said, card written, done', { position: at(column + 3.7, 8.9) })
  const answered = meet('Google answered', { position: at(column + 5, 7.8) })
  const again = meet('Think again', { position: at(column + 3.7, 0.2) })
  const wires: Wire[] = [
    [stored, 0, carryOut],
    ...requests.flatMap((request, index): Wire[] => [
      [carryOut, index, request],
      [request, 0, answered],
      // No answer at all is an answer too: the API knows what it means for the booking.
      [request, 1, answered],
    ]),
    // The one way back of Act, and the one way back to thinking.
    [answered, 0, carryOut],
    [again, 0, think],
    [carryOut, actOutcomes.indexOf('done'), end],
    [carryOut, actOutcomes.indexOf('again'), again],
  ]
  return { carryOut, rethink: again, wires }
}

/** What a note over *Act* says. */
export const actNote = (column: number) =>
  note(
    'Act',
    '# 3. Act: Google, Telegram, amoCRM\n## *Act on the decision* asks the API, which names the requests to Google, one after another. Once the booking stands, and at once where there is none, the message to Telegram and the change of the card are on their way, and the turn is done\nEach effect has a key of its turn: a repeat changes nothing.',
    { column, row: -2.6, columns: 5.5, rows: 12.7, color: 5 },
  )

export const tryItNote = (row: number) =>
  note(
    'How to try it',
    '# Try it\n## Execute workflow, from *Try it*. The example is chosen in *Example turn*\n## Models are asked in earnest; nothing is sent, booked or stored. Each step shows in *would* what it would do',
    { column: -1.25, row, columns: 7, rows: 2, color: 3 },
  )

/** `prompts`: where the prompts are, for people. */
export const setUpNote = (prompts: string, row: number) =>
  note(
    'Set-up',
    `# Set-up\n## Credentials come from .env at each start. Edits stay: npm run n8n -- diff\n## ${prompts} Company, hours, sellers: config/business.yaml\nCredentials: *Lead Processing API*, *Turn webhook*, *OpenAI*, *Anthropic*, *Google Calendar*. ${whenNodesAreMissing}`,
    { column: 6, row, columns: 7.3, rows: 2.2 },
  )

/** A workflow that works on turns, out of its notes and its wires. */
export function turnWorkflow(
  id: string,
  name: TurnWorkflow,
  notes: ReturnType<typeof note>[],
  wires: Wire[],
) {
  let flow = workflow(id, name, {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    executionTimeout: executionTimeoutSec,
  } as Parameters<typeof workflow>[2])
  for (const one of notes) flow = flow.add(one)
  for (const step of new Set(wires.flatMap(([from, , to]) => [from, to]))) flow = flow.add(step)
  for (const [from, output, to] of wires) flow = flow.connect(from, output, to, 0)
  return flow
}
