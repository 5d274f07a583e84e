import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intentNames } from '@lead/contract'
import { readPrompt } from '../../n8n/workflows/prompts.ts'
import { compareWithBaseline, type Baseline } from '../baseline.ts'
import { simulatedModel } from '../testing.ts'
import type { SuiteResult } from '../suite.ts'
import { hearLabels } from './hear-labels.ts'
import { type Label, readLabels } from './read-labels.ts'
import { runLabels } from './run-labels.ts'

const labels = readLabels()

test('there are enough labelled replies of every intent in both languages, and none twice', () => {
  const of = (language: 'ru' | 'en') => labels.filter((label) => label.language === language)
  assert.ok(of('ru').length >= 250, `${of('ru').length} Russian`)
  assert.ok(of('en').length >= 200, `${of('en').length} English`)
  for (const intent of intentNames)
    for (const language of ['ru', 'en'] as const)
      assert.ok(of(language).filter((label) => label.intent === intent).length >= 10, `${language} ${intent}`)
  const seen = labels.map(({ language, in: place, say }) => JSON.stringify([language, place, say]))
  assert.deepEqual(
    seen.filter((one, index) => seen.indexOf(one) !== index),
    [],
  )
})

test('what a label says of picks fits the times that were offered', () => {
  const wrong = labels.filter(
    ({ intent, pick, context }) =>
      (intent === 'picks_time') !== (pick !== undefined) || (pick ?? 1) > Math.max(1, context.offers.length),
  )
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  )
})

test('a spoiled prompt shuts the gate, and names what fell', async (t) => {
  const model = await simulatedModel(t)
  const some = labels.filter(({ intent }) => ['cancel', 'greeting', 'picks_time'].includes(intent))
  const whole = readPrompt('prompts-classifier.md')
  const before = await runLabels(some, { model, prompt: whole })
  const baseline = baselineOf(before)
  assert.deepEqual(compareWithBaseline(await runLabels(some, { model, prompt: whole }), baseline).fell, [])

  const spoiled = whole.replace(/^- cancel:.*\n/m, '')
  assert.notEqual(spoiled, whole)
  const { fell, news } = compareWithBaseline(await runLabels(some, { model, prompt: spoiled }), baseline)
  assert.match(fell.join('\n'), /recall of cancel: \S+ % before, 0\.0 % now/)
  assert.match(fell.join('\n'), /macro-F1/)
  assert.match(news.join('\n'), /other, not cancel/)

  const headless = await runLabels(some, { model, prompt: whole.replace('Prompt: classifier/2', '') })
  assert.match(compareWithBaseline(headless, baseline).fell.join('\n'), /answers that can be read/)
})

test('a wrong ear is counted: an opt-out that is labelled as interest, a place and a time that are not there', () => {
  const [any] = labels
  assert.ok(any)
  const row = (say: string, more: Partial<Label>): Label => ({
    ...any,
    say: [say],
    language: 'ru',
    intent: 'interested',
    pick: undefined,
    stop: undefined,
    ...more,
  })
  const { figures, misses } = hearLabels([
    row('не пишите мне больше', { id: 'a' }),
    row('я из Омска', { id: 'b' }),
    row('завтра в 11', { id: 'c', quote: 'завтра в 11', time: '2031-02-04 12:00' }),
    row('завтра в 11', { id: 'd', quote: 'завтра в 11', time: '2031-02-04 11:00' }),
  ])
  assert.deepEqual(misses.map(({ id }) => id).toSorted(), [
    'a no buyer is taken for an opt-out',
    'b no place is made up',
    'c a time is read',
  ])
  assert.equal(figures.find(({ name }) => name.endsWith('a time is read'))?.value, 0.5)
})

const baselineOf = ({ suite, of, figures, misses }: SuiteResult): Baseline => ({
  [suite]: {
    [of]: {
      figures: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
      misses: misses.map(({ id }) => id),
    },
  },
})
