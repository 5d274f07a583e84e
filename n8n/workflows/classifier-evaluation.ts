import { workflow } from '@n8n/workflow-sdk'
import {
  at,
  become,
  evaluationMetrics,
  evaluationOutputs,
  evaluationTrigger,
  leadApi,
  note,
  whenNodesAreMissing,
} from './nodes.ts'
import { classify } from './turn-parts.ts'

export const evaluationName = 'classifier-evaluation'

/** The columns of its data table, as `npm run n8n -- evaluation` fills them; all are texts. */
export const evaluationColumns = ['label', 'language', 'said', 'intent', 'pick', 'prompt'] as const

/**
 * For n8n's Evaluations tab: the classifier of *lead-processing*, with its prompt and its models, on labelled replies. The turn is a
 * rehearsal: nothing of it is kept, sent or counted.
 * @param table id of the data table
 */
export function classifierEvaluation(table: string) {
  const row = evaluationTrigger('A labelled reply', { position: at(0, 1), table })
  const example = leadApi('Example turn', 'rehearse', { position: at(1, 1), rehearsal: 'wish' })
  const turn = become(
    'Turn',
    "={{ { body: { ...$json.body, classifierPrompt: $('A labelled reply').first().json.prompt } } }}",
    { position: at(2, 1) },
  )
  const classifier = classify({ column: 3, row: 1 })
  const wanted = "$('A labelled reply').first().json"
  const said = '$json.output'
  const outputs = evaluationOutputs('What it said', {
    position: at(4.6, 1),
    table,
    outputs: {
      answer: `={{ ${said}?.intent ?? "no answer" }}`,
      answeredPick: `={{ ${said}?.pickedOfferId ?? "" }}`,
      confidence: `={{ ${said}?.confidence ?? 0 }}`,
    },
  })
  const metrics = evaluationMetrics('Right or wrong', {
    position: at(5.6, 1),
    metrics: {
      intent: `={{ ${said}?.intent === ${wanted}.intent ? 1 : 0 }}`,
      pick: `={{ (${said}?.pickedOfferId ?? "") === ${wanted}.pick ? 1 : 0 }}`,
      read: `={{ ${said} ? 1 : 0 }}`,
    },
  })
  return workflow('leadEvaluation01', evaluationName, { executionOrder: 'v1' })
    .add(
      note(
        'About the evaluation',
        '# How well does the classifier label?\n## Open the tab *Evaluations* and press *Run test*\nEach row of the data table *classifier-evaluation* is a labelled reply. *intent*, *pick*: the share that was labelled right; *read*: the share that could be read. Rows come from `eval/labels`, by `npm run n8n -- evaluation`; add your own. Change the prompt in *AI classifier* here, run again, compare; then bring it into `docs/prompts-classifier.md`. Real models cost money: 464 rows, 464 calls.' +
          whenNodesAreMissing,
        { column: -0.25, row: -0.9, columns: 7, rows: 4.6, color: 4 },
      ),
    )
    .add(row)
    .add(example)
    .add(turn)
    .add(classifier)
    .add(outputs)
    .add(metrics)
    .connect(row, 0, example, 0)
    .connect(example, 0, turn, 0)
    .connect(turn, 0, classifier, 0)
    .connect(classifier, 0, outputs, 0)
    .connect(classifier, 1, outputs, 0)
    .connect(outputs, 0, metrics, 0)
}
