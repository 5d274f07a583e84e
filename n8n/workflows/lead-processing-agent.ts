import { actionNames, waysOutOf } from '@lead/contract'
import { agent, agentTool, at, become, branch, calendarHelpers, leadApi, note, route } from './nodes.ts'
import { readPrompt } from './prompts.ts'
import {
  act,
  actNote,
  askAfterClassifier,
  askForBusyTimes,
  classification,
  classify,
  door,
  giveBack,
  setUpNote,
  tryItNote,
  turnWorkflow,
} from './turn-parts.ts'

/** Calls of models and of tools, all together: three proposals, with a search before each, need a dozen. */
const mostSteps = 12

/** What the agent's last proposal came to: the tool's own answer, not what the agent says of it. */
const lastProposal = `={{ ({ outcome: "none", error: "the agent proposed nothing that can be used", ...[JSON.parse($json.intermediateSteps.findLast((step) => step.action.tool === "Propose_a_decision")?.observation ?? "{}")].flat()[0] }) }}`

const found = `($('Find free times').isExecuted ? $('Find free times').context.found : null)`

/**
 * The same turn with n8n's AI Agent as its sales step. The agent only thinks: its tools find times, look things up and propose. What it proposes
 * is checked and stored by the same journal, and carried out by the same steps.
 */
export function leadProcessingAgent() {
  const { begin: start, stored, wires: in_ } = door('lead-processing-agent', 4.75)
  const classifier = classify()
  const unknown = branch('Busy times unknown?', "={{ $('Turn').first().json.body.calendar.busy === null }}", {
    position: at(5.4, -0.7),
  })
  const begin = leadApi('Still ours?', 'begin', { position: at(10.1, 2) })
  const ours = branch('Go on?', '={{ $json.isOurs }}', { position: at(11, 2) })
  const busyTimes = askForBusyTimes(6.3, begin)
  const brief = calendarHelpers('Brief the agent', 'brief', {
    position: at(11.9, 2),
    onError: 'continueErrorOutput',
    parameters: {
      classification: `={{ ${classification} }}`,
      busy: `={{ $json.busy ?? ($('Remember busy times').isExecuted ? $('Remember busy times').first().json.busy : $('Known by now?').isExecuted ? $('Known by now?').first().json.busy : $('Turn').first().json.body.calendar.busy) }}`,
      brief: "={{ ({ ...$('Turn').first().json.body.brief, problem: $json.problem }) }}",
    },
  })

  const times = agentTool('Find free times', 'calendarHelpers', {
    position: at(13.2, 3.1),
    description:
      'Free times of the sellers near what the lead wrote. Gives offers with their ids; only these can be offered, booked or moved to.',
    parameters: {
      operation: 'agentTimes',
      said: `={{ $fromAI('said', "The lead's own words about a time, copied from newMessages; empty when they named none", 'string', '') }}`,
      classification: `={{ ${classification} }}`,
      busy: "={{ $('Brief the agent').first().json.busy }}",
    },
  })
  const knowledge = agentTool('Look up knowledge', 'leadApi', {
    position: at(13.85, 3.1),
    description:
      'What may be stated about a question: prices, terms, features. Each line begins with the id that a sentence of it must end with.',
    parameters: {
      operation: 'lookUp',
      data: `={{ { question: $fromAI('question', 'What the lead wants to know, in their words', 'string') } }}`,
    },
  })
  const propose = agentTool('Propose a decision', 'leadApi', {
    position: at(14.5, 3.1),
    description:
      'Proposes the one message and the one action of this turn. The answer says whether it is accepted, or what to mend.',
    parameters: {
      operation: 'journal',
      data: `={{ { classification: ${classification}, sales: { reply: $fromAI('reply', 'The message to the lead', 'string'), action: $fromAI('action', 'One of ${actionNames.join(', ')}', 'string'), offerId: $fromAI('offerId', 'id of the offered time to book or to move to, else empty', 'string', '') || null, note: $fromAI('note', 'One line for the CRM: what happened in this turn', 'string') }, ...(${found} ?? { offers: [], wishFree: null, notFree: [], wishUnclear: false }), plan: $('Brief the agent').first().json.plan } }}`,
    },
  })
  const thinker = agent('AI agent', {
    column: 13,
    row: 2,
    system: `${readPrompt('prompts-sales.md')}\n\n${readPrompt('prompts-agent.md')}`,
    text: '={{ $json.prompt }}',
    ask: askAfterClassifier,
    mostSteps,
    tools: [times, knowledge, propose],
  })

  const proposal = become('What it proposed', lastProposal, { position: at(15.7, 2) })
  const any = branch('Anything?', '={{ $json.outcome !== "none" }}', { position: at(16.6, 2) })
  const noLabels = giveBack('Report: not understood', [6.5, 1], 'models')
  const noAnswer = giveBack('Report a failure', [17.2, 3.3], 'models')
  const noBrief = giveBack('Report: no brief', [13.1, 0], 'models')
  const outcome = route('Accepted?', '={{ $json.outcome }}', [...waysOutOf('journal')], {
    position: at(17.6, 2),
  })
  const { carryOut, rethink, wires: acting } = act({ column: 18.5, stored, again: brief })

  return turnWorkflow(
    'leadAgent0000001',
    'lead-processing-agent',
    [
      note(
        'Think',
        "# 1. Think, as an agent\n## The same turn as in *lead-processing*, but n8n's AI Agent writes the message. TURN_WORKFLOW in .env lets it work\n## Its tools find times, look up what may be stated, and propose. It can send, book and change nothing. A red end gives the turn back",
        { column: -1.25, row: -4.6, columns: 16.65, rows: 10.5, color: 4 },
      ),
      note(
        'Journal',
        '# 2. Journal\n## Checked and stored before any effect\n*Propose a decision* has asked for it already: here its last answer says how it goes on.',
        { column: 15.45, row: -2.6, columns: 4.15, rows: 8.5, color: 6 },
      ),
      actNote(19.7),
      tryItNote(6),
      setUpNote('Prompts: open *AI agent* or *AI classifier*.', 6),
    ],
    [
      ...in_,
      [start, 1, classifier],
      [start, 2, begin],
      [classifier, 0, unknown],
      [classifier, 1, noLabels.report],
      [unknown, 0, busyTimes.known],
      [unknown, 1, begin],
      ...busyTimes.wires,
      [begin, 0, ours],
      [ours, 0, brief],
      [brief, 0, thinker],
      // The models' words do not fit the contract: as if no model had answered.
      [brief, 1, noBrief.report],
      [thinker, 0, proposal],
      [thinker, 1, noAnswer.report],
      [proposal, 0, any],
      [any, 0, outcome],
      [any, 1, noAnswer.report],
      [outcome, 0, carryOut],
      [outcome, 1, rethink],
      ...acting,
      ...noLabels.wires,
      ...noBrief.wires,
      ...noAnswer.wires,
    ],
  )
}
