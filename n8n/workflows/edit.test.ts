import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildSource } from './build-workflows.ts'
import { diffWorkflows } from './diff-workflows.ts'
import { applyEdit, findEdit } from './edit.ts'
import { readPrompt } from './prompts.ts'
import { contentOf, type WorkflowContent } from './workflow-content.ts'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lead-adopt-'))
after(() => rmSync(folder, { recursive: true }))

const source = contentOf(buildSource('lead-processing'))
const edited = (change: (workflow: WorkflowContent) => void): WorkflowContent => {
  const copy = structuredClone(source)
  change(copy)
  return contentOf(copy)
}
const nodeOf = (workflow: WorkflowContent, name: string) =>
  workflow.nodes.find((node) => node.name === name) ?? assert.fail(name)

const edits: Record<string, (workflow: WorkflowContent) => void> = {
  'a node moved': (flow) => void (nodeOf(flow, 'AI sales').position = [1, 2]),
  'a node taken out, with its wires': (flow) => {
    flow.nodes = flow.nodes.filter(({ name }) => name !== 'Google answered')
    delete flow.connections['Google answered']
  },
  'a node put in': (flow) => {
    flow.nodes.push({ id: 'new', name: 'Tell us', type: 'n8n-nodes-base.noOp', parameters: {} })
    flow.connections['Tell us'] = { main: [[{ node: 'AI sales', type: 'main', index: 0 }]] }
  },
  'a parameter taken away': (flow) => void delete nodeOf(flow, 'Act on the decision').retryOnFail,
  settings: (flow) => void (flow.settings.executionTimeout = 77),
  'another name': (flow) => void (nodeOf(flow, 'Act on the decision').name = 'Tell the lead'),
}
for (const [title, change] of Object.entries(edits)) {
  test(`an edit comes back whole: ${title}`, () => {
    const wanted = edited(change)
    const edit = findEdit(source, wanted)
    assert.ok(edit)
    assert.deepEqual(contentOf(applyEdit(buildSource('lead-processing'), edit)), wanted)
    assert.ok(diffWorkflows(source, wanted).length > 0)
    assert.ok(JSON.stringify(edit).length < 2000, 'only what was changed')
  })
}

test('no edit is none, and one that cannot be kept is refused', () => {
  assert.equal(findEdit(source, source), null)
  assert.deepEqual(diffWorkflows(source, source), [])
  const withNull = edited((flow) => void (nodeOf(flow, 'AI sales').notes = null))
  assert.throws(() => findEdit(source, withNull), /cannot be kept/)
})

test('adopt brings a prompt into docs/ and the rest into an edit that the build puts on top', () => {
  for (const part of ['n8n/workflows', 'contract', 'texts', 'docs']) {
    mkdirSync(join(folder, part), { recursive: true })
    cpSync(join(repository, part), join(folder, part), {
      recursive: true,
      filter: (name) => !name.includes('node_modules') && !name.includes('images'),
    })
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  const prompt = `${readPrompt('prompts-sales.md')}\n\nTalk like a pirate. $& costs $1.\nNothing else.`
  const wanted = edited((flow) => {
    const node = nodeOf(flow, 'AI sales')
    node.parameters = { ...Object(node.parameters), system: `${prompt}\n` }
    nodeOf(flow, 'AI sales').maxTries = 4
  })
  const file = join(folder, 'edit.json')
  writeFileSync(file, JSON.stringify({ ...wanted, versionId: 'of n8n', pinData: {} }))
  const adopt = () =>
    execFileSync(process.execPath, [join(folder, 'n8n/workflows/adopt.ts'), file], { encoding: 'utf8' })
  assert.match(adopt(), /docs\/prompts-sales\.md\n.*edits\/lead-processing\.json\n.*lead-processing\.json/)
  assert.equal(readPrompt('prompts-sales.md', join(folder, 'docs')), prompt)
  const edit = JSON.parse(
    readFileSync(join(folder, 'n8n/workflows/edits/lead-processing.json'), 'utf8'),
  ) as object
  assert.deepEqual(edit, { nodes: { 'ai-sales': { maxTries: 4 } } })
  const built = contentOf(
    JSON.parse(readFileSync(join(folder, 'n8n/workflows/lead-processing.json'), 'utf8')),
  )
  assert.deepEqual(
    built,
    edited((flow) => {
      nodeOf(flow, 'AI sales').parameters = { ...Object(nodeOf(flow, 'AI sales').parameters), system: prompt }
      nodeOf(flow, 'AI sales').maxTries = 4
    }),
  )

  const spoiled = structuredClone(wanted)
  const sales = nodeOf(spoiled, 'AI sales')
  sales.parameters = { ...Object(sales.parameters), system: prompt.replace('Prompt: ', 'Version: ') }
  writeFileSync(file, JSON.stringify(spoiled))
  assert.throws(adopt, /the edit of docs\/prompts-sales\.md:\d+: must begin with "Prompt: sales/)
  assert.equal(readPrompt('prompts-sales.md', join(folder, 'docs')), prompt)

  const stranger = { ...wanted, id: 'somebodyElses001' }
  writeFileSync(file, JSON.stringify(stranger))
  assert.throws(adopt, /none of our workflows/)
})
