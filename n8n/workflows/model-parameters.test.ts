import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSource, workflowNames } from './build-workflows.ts'
import { type ChatModels, takeModelsBack, writeOutModels } from './model-parameters.ts'
import { contentOf, type WorkflowContent } from './workflow-content.ts'

const given: [name: string, models: ChatModels][] = [
  [
    'those that think',
    {
      openai: {
        name: 'gpt-6-luna',
        extraBody: { max_completion_tokens: 4000, reasoning_effort: 'low' },
        agentBody: { max_completion_tokens: 4000, reasoning_effort: 'none' },
      },
      anthropic: { name: 'claude-sonnet-5', maxTokens: 4000, effort: 'low' },
    },
  ],
  [
    'those that do not, and whose tools change nothing',
    {
      openai: { name: 'a', extraBody: { max_tokens: 1 }, agentBody: { max_tokens: 1 } },
      anthropic: { name: 'b', maxTokens: 1, effort: null },
    },
  ],
]
const ours = workflowNames.map((name) => contentOf(buildSource(name)))
const modelsOf = (workflow: WorkflowContent) =>
  JSON.stringify(workflow.nodes.filter(({ type }) => String(type).includes('.lmChat')))
const asked = ours.filter((own) => modelsOf(own) !== '[]')

for (const [name, models] of given)
  test(`models are written out and taken back: ${name}`, () => {
    assert.ok(asked.length >= 2)
    for (const own of asked) {
      const written = writeOutModels(own, models)
      assert.doesNotMatch(modelsOf(written), /\{\{/, `${own.name}: no expression is left`)
      assert.ok(modelsOf(written).includes(JSON.stringify(models.openai.name)))
      assert.deepEqual(takeModelsBack(contentOf(written), own, models), own)
    }
  })

test('what a person chose stays, the rest is taken back', () => {
  const [[, models]] = given as [(typeof given)[0]]
  const [own] = asked
  assert.ok(own)
  const text = JSON.stringify(writeOutModels(own, models)).replace(
    JSON.stringify(models.anthropic.name),
    '"claude-of-mine"',
  )
  const back = takeModelsBack(contentOf(JSON.parse(text)), own, models)
  const changed = back.nodes.filter(
    (node, index) => JSON.stringify(node) !== JSON.stringify(own.nodes[index]),
  )
  assert.equal(changed.length, 1)
  assert.match(JSON.stringify(changed), /claude-of-mine/)
  assert.match(JSON.stringify(changed), /anthropic\.maxTokens/)
  assert.deepEqual(takeModelsBack(own, own, models), own, 'an expression that was never written out')
})
