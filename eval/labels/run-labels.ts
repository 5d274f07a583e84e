import { type Classification, classificationSchema, intentNames, wants } from '@lead/contract'
import { classifierPrompt } from '../../api/src/turns/classifier-prompt.ts'
import { inParallel } from '../models/in-parallel.ts'
import type { EvalModel } from '../models/open-model.ts'
import { confusion, macroF1, type Pair, scoreLabels } from '../score/confusion.ts'
import { percent, type Say, share, type SuiteResult } from '../suite.ts'
import { hearLabels } from './hear-labels.ts'
import type { Label } from './read-labels.ts'
import { talkOf } from './talk-of.ts'

type Answered = {
  label: Label
  said: Classification | null
  problem: string | null
  pickRight: boolean | null
}

/** Asks the classifier about every reply, with its prompt, and compares with the labels. */
export async function runLabels(
  labels: Label[],
  { model, prompt, say = () => {} }: { model: EvalModel; prompt: string; say?: Say },
): Promise<SuiteResult> {
  const every = Math.max(25, Math.ceil(labels.length / 10))
  const answers = await inParallel(
    labels,
    model.atOnce,
    (label) => classify(label, model, prompt),
    (done) => done % every === 0 && say(`labels: ${done} of ${labels.length}`),
  )
  const pairsOf = (some: Answered[]): Pair<Label['intent']>[] =>
    some.map(({ label, said }) => ({ wanted: label.intent, said: said?.intent ?? null }))
  const scores = scoreLabels(pairsOf(answers), intentNames)
  const byLanguage = (['ru', 'en'] as const).map((language) => {
    const some = answers.filter(({ label }) => label.language === language)
    return { language, count: some.length, f1: macroF1(scoreLabels(pairsOf(some), intentNames)) }
  })
  const picks = answers.filter(({ pickRight }) => pickRight !== null)
  const objected = answers.filter(({ label }) => label.objection !== undefined)
  const several = answers.filter(({ label }) => label.also !== undefined)
  const unread = answers.filter(({ said }) => said === null)
  const heard = hearLabels(labels)
  return {
    suite: 'labels',
    of: model.name,
    simulated: model.simulated,
    about: aboutLabels(model),
    figures: [
      ...byLanguage.map(({ language, f1 }) => share(`macro-F1 ${language}`, f1)),
      share('macro-F1', macroF1(scores)),
      ...scores.map(({ label, recall }) => share(`recall of ${label}`, recall, 0.08)),
      share(
        'the picked time is the right one',
        picks.filter(({ pickRight }) => pickRight).length / picks.length,
        0.05,
      ),
      share(
        'what an objection is about',
        shareOf(
          objected,
          ({ label, said }) => said?.objections.some((one) => one === label.objection) ?? false,
        ),
        0.05,
      ),
      share(
        'what else they want is heard',
        shareOf(
          several,
          ({ label, said }) => said !== null && (label.also ?? []).every((one) => wants(said).includes(one)),
        ),
        0.15,
      ),
      share('answers that can be read', 1 - unread.length / answers.length),
      ...heard.figures,
    ],
    tables: [
      {
        title: 'Labels',
        head: ['label', 'replies', 'recall', 'precision', 'F1'],
        rows: scores.map(({ label, count, recall, precision, f1 }) => [
          label,
          count,
          percent(recall),
          precision === null ? 'never said' : percent(precision),
          f1.toFixed(3),
        ]),
      },
      {
        title: 'By language',
        head: ['language', 'replies', 'macro-F1'],
        rows: byLanguage.map(({ language, count, f1 }) => [language, count, f1.toFixed(3)]),
      },
      {
        title: 'Confusion: wanted (rows) and said (columns)',
        head: ['', ...intentNames, 'no answer'],
        rows: confusion(pairsOf(answers), intentNames).map(({ wanted, counts }) => [wanted, ...counts]),
      },
      heard.table,
      spentTable(model),
    ],
    misses: [...answers.flatMap(missOf), ...heard.misses],
    bars: {
      title: 'Recall per label',
      bars: scores.map(({ label, recall }) => ({ label, value: recall })),
    },
  }
}

const shareOf = <Row>(rows: Row[], isRight: (row: Row) => boolean) =>
  rows.length === 0 ? 1 : rows.filter(isRight).length / rows.length

async function classify(label: Label, model: EvalModel, prompt: string): Promise<Answered> {
  const { talk, offers } = talkOf(label)
  const text = classifierPrompt(talk, offers)
  try {
    const said = await model.ask({ step: 'classifier', system: prompt, text, schema: classificationSchema })
    const pickRight = label.pick === undefined ? null : said.pickedOfferId === offers[label.pick - 1]?.id
    return { label, said, problem: null, pickRight }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { label, said: null, problem, pickRight: label.pick === undefined ? null : false }
  }
}

function missOf({ label, said, problem, pickRight }: Answered) {
  const wrong =
    said === null
      ? `no answer: ${problem}`
      : said.intent !== label.intent
        ? `${said.intent}, not ${label.intent}`
        : pickRight === false
          ? `picked another time than the ${label.pick}.`
          : null
  return wrong === null ? [] : [{ id: label.id, what: `${wrong}: ${JSON.stringify(label.say.join(' / '))}` }]
}

const aboutLabels = ({ simulated, name }: EvalModel) =>
  simulated
    ? [
        'NO MODEL WAS ASKED. The keys are mock_ keys, so the LLM simulator answered: rules and lists of phrases. Its labels prove that the machinery works (prompt, schema, parameters, scoring, gate). They say NOTHING about how well a model labels.',
        'What code alone hears is real: the same code runs in front of every model.',
      ]
    : [
        `Each reply was labelled once by ${name}, with the prompt, the schema and the parameters of the workflow.`,
      ]

export function spentTable(model: EvalModel) {
  const { calls, input, cached, output, cost } = model.spent()
  return {
    title: 'Calls',
    head: ['calls', 'tokens in', 'of them cached', 'tokens out', 'cost'],
    rows: [
      [
        calls,
        input,
        cached,
        output,
        model.simulated ? 'nothing: simulated' : cost === null ? 'price not known' : `$${cost.toFixed(4)}`,
      ],
    ],
  }
}
