import { salesSchema, waysOutOf } from '@lead/contract'
import { ai, at, branch, calendarHelpers, leadApi, note } from './nodes.ts'
import { readPrompt } from './prompts.ts'
import {
  act,
  actNote,
  askForBusyTimes,
  classify,
  door,
  giveBack,
  setUpNote,
  tryItNote,
  turnWorkflow,
} from './turn-parts.ts'

/**
 * One turn: one piece of thinking about one lead. Think, journal, act. The workflow holds no truth: it may die at any node,
 * and the API dispatches the turn again; a decision that was journaled is then reused and no model is asked.
 */
export function leadProcessing() {
  // Think
  const { begin, stored, wires: in_ } = door('lead-processing', 4.2)
  const classifier = classify()
  const wishes = calendarHelpers('Read time wishes', 'readWishes', {
    position: at(5.4, -0.7),
    parameters: { branch: true },
  })
  const free = calendarHelpers('Free times', 'freeTimes', { position: at(11, 2) })
  const busyTimes = askForBusyTimes(7.2, free)
  const sales = ai('AI sales', {
    step: 'sales',
    column: 12,
    row: 2,
    system: readPrompt('prompts-sales.md'),
    schema: salesSchema,
  })

  // Journal
  const journal = leadApi('Journal the decision', 'journal', { position: at(13.6, 2), branch: true })
  const needed = branch('Busy times needed?', '={{ $json.askGoogle }}', { position: at(8.9, 0.4) })

  // Act
  const { carryOut, rethink, wires: acting } = act({ column: 14.5, stored, again: needed })

  // Trouble
  const noLabels = giveBack('Report: not understood', [6.5, 1], 'models')
  const noAnswer = giveBack('Report a failure', [13.6, 0.6], 'models')

  return turnWorkflow(
    'leadProcessing01',
    'lead-processing',
    [
      note(
        'Think',
        '# 1. Think: what does the lead want, when is there time, what do we say?\n## The API dispatches a turn with all it knows. One model labels what the lead wrote, code reads the times, another writes one message\n## A red end gives the turn back: it is tried again later, and in the end goes to a human\nGoogle is asked only when the shared cache does not know. Prompts live in `docs/prompts-*.md`.',
        { column: -1.25, row: -4.6, columns: 14.55, rows: 10.1, color: 4 },
      ),
      note(
        'Journal',
        '# 2. Journal\n## Checked and stored before any effect\n*again*: the time was just taken or the text may not be sent; think once more. *superseded*: a newer message came; nothing is sent.',
        { column: 13.35, row: -2.6, columns: 2.3, rows: 7.8, color: 6 },
      ),
      actNote(15.7),
      tryItNote(5.6),
      setUpNote('Prompts: open *AI sales* or *AI classifier*.', 5.6),
    ],
    [
      ...in_,
      [begin, 1, classifier],
      [begin, 2, free],
      [classifier, 0, wishes],
      [classifier, 1, noLabels.report],
      [wishes, 0, free],
      [wishes, 1, busyTimes.known],
      // The models' words do not fit the contract: as if no model had answered.
      [wishes, 2, noLabels.report],
      [needed, 0, busyTimes.known],
      [needed, 1, free],
      ...busyTimes.wires,
      [free, 0, sales],
      [sales, 0, journal],
      [sales, 1, noAnswer.report],
      [journal, waysOutOf('journal').indexOf('accepted'), carryOut],
      [journal, waysOutOf('journal').indexOf('again'), rethink],
      ...acting,
      ...noLabels.wires,
      ...noAnswer.wires,
    ],
  )
}
