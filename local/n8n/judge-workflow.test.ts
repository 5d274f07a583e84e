import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { contentOf, fingerprint, sendGoogleTo } from '../../n8n/workflows/workflow-content.ts'
import { type Judgement, judgeWorkflow, type StoredWorkflow } from './judge-workflow.ts'

const version = (words: string) =>
  contentOf({
    id: 'flow000000000001',
    name: 'flow',
    nodes: [{ id: 'say', name: 'Say', parameters: { words, url: 'https://www.googleapis.com/calendar/v3' } }],
    connections: {},
  })
const [old, ours, edit, another] = ['old', 'ours', 'edit', 'another'].map(version) as [
  ReturnType<typeof version>,
  ReturnType<typeof version>,
  ReturnType<typeof version>,
  ReturnType<typeof version>,
]
const stored = (draft: typeof old, published: typeof old | null, imported = false): StoredWorkflow => ({
  draft,
  published,
  imported,
  archived: false,
})

describe('a workflow that a person edited is never overwritten', () => {
  const cases: [
    title: string,
    stored: StoredWorkflow | undefined,
    lastImport: typeof old | null,
    Judgement,
  ][] = [
    ['n8n has none', undefined, null, 'add'],
    ['n8n has none any more', undefined, old, 'add'],
    ['nothing changed', stored(ours, ours), ours, 'none'],
    ['ours has changed', stored(old, old), old, 'replace'],
    ['ours has changed, and it was unpublished', stored(old, null), old, 'replace'],
    ['it was unpublished', stored(ours, null), ours, 'none'],
    ['edited and published', stored(edit, edit), ours, 'keep'],
    ['edited and published, and ours has changed', stored(edit, edit), old, 'keep'],
    ['edited and not published yet', stored(edit, ours), ours, 'keep'],
    ['edited and not published yet, and ours has changed', stored(edit, old), old, 'keep'],
    ['edited twice', stored(another, edit), old, 'keep'],
    ['edited and unpublished', stored(edit, null), ours, 'keep'],
    ['edited back to the old one', stored(old, old), ours, 'keep'],
    ['adopted: the edit is ours now', stored(ours, ours), old, 'none'],
    ['adopted from a draft', stored(ours, old), old, 'replace'],
    ['the last import is not known, n8n says it was one', stored(old, old, true), null, 'replace'],
    ['the last import is not known, n8n says a person wrote it', stored(old, old), null, 'keep'],
  ]
  for (const [title, has, lastImport, expected] of cases) {
    test(`${title}: ${expected}`, () => {
      assert.equal(judgeWorkflow(ours, has, lastImport ? fingerprint(lastImport) : undefined), expected)
    })
  }
})

test('the order of keys and nodes, empty wires and the address of a simulator are no edit', () => {
  const one = contentOf({
    id: 'a',
    name: 'a',
    nodes: [
      { id: '2', name: 'Two', type: 't' },
      { id: '1', name: 'One', parameters: { url: 'https://www.googleapis.com/calendar/v3' } },
    ],
    connections: { One: { main: [[{ node: 'Two', type: 'main', index: 0 }]] } },
  })
  const other = contentOf(
    {
      active: true,
      connections: { Two: { main: [[], null] }, One: { main: [[{ index: 0, type: 'main', node: 'Two' }]] } },
      nodes: [
        { parameters: { url: 'http://127.0.0.1:4040/calendar/v3' }, name: 'One', id: '1' },
        { type: 't', name: 'Two', id: '2' },
      ],
      name: 'a',
      id: 'a',
      settings: {},
      versionId: 'x',
    },
    'http://127.0.0.1:4040',
  )
  assert.equal(fingerprint(one), fingerprint(other))
  assert.notEqual(fingerprint(one), fingerprint(contentOf({ ...other, name: 'b' })))
  assert.deepEqual(contentOf(sendGoogleTo(one, 'http://sim:1'), 'http://sim:1'), one)
})

test('what is no workflow is refused', () => {
  for (const wrong of [{}, { id: 'a', name: 'a' }, { nodes: [], connections: {} }, 'text', null])
    assert.throws(() => contentOf(wrong), /no workflow/)
})
