import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { workflowNames as names, workflowText } from './build-workflows.ts'
import { checkedPrompt, PromptFault, type PromptPage } from './check-prompt.ts'
import { readPrompt } from './prompts.ts'

type Json = {
  nodes: {
    id: string
    name: string
    type: string
    position: [number, number]
    parameters: Record<string, unknown>
    credentials?: Record<string, { id: string }>
  }[]
  connections: Record<string, Record<string, ({ node: string }[] | null)[]>>
  active: boolean
  settings: Record<string, unknown>
}
const folder = import.meta.dirname
const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Json

describe('a prompt that cannot be used is refused with its line', () => {
  const page = 'prompts-classifier.md'
  const text = readFileSync(join(folder, '../../docs', page), 'utf8')
  const inFences = /(?<=```prompt\n).*?(?=^```$)/ms
  const faultOf = (spoiled: string, of: PromptPage = page) => {
    assert.notEqual(spoiled, text)
    try {
      checkedPrompt(spoiled, of, `docs/${of}`)
    } catch (error) {
      assert.ok(error instanceof PromptFault)
      return error.message
    }
    return null
  }
  const fence = text.split('\n').indexOf('```prompt') + 1

  test('no fence, two of them, nothing between them', () => {
    const wanted = new RegExp(`^docs/${page}:${fence}: the prompt must stand between`)
    assert.match(faultOf(text.replace('```prompt', '```')) ?? '', wanted)
    assert.match(faultOf(text + '\n```prompt\nPrompt: classifier/2\n```\n') ?? '', wanted)
    assert.match(faultOf(text.replace(inFences, '')) ?? '', wanted)
  })

  test('another version than the schema has, an intent or action without a word', () => {
    assert.equal(
      faultOf(text.replace('Prompt: classifier/2', 'Prompt: mine')),
      `docs/${page}:${fence + 1}: must begin with "Prompt: classifier/2" and an empty line, the version of its schema`,
    )
    assert.match(
      faultOf(text.replace('- complaint: ', '- trouble: ')) ?? '',
      /:\d+: does not explain the intent complaint/,
    )
    const sales = readFileSync(join(folder, '../../docs/prompts-sales.md'), 'utf8')
    assert.match(
      faultOf(sales.replaceAll('handoff', 'give over').replaceAll('[TIMES]', 'times'), 'prompts-sales.md') ??
        '',
      /the action handoff\n.*the mark \[TIMES\]/,
    )
  })

  test('those of docs/ can be used', () => {
    for (const one of ['prompts-classifier.md', 'prompts-sales.md', 'prompts-agent.md'] as const)
      assert.ok(readPrompt(one).length > 200)
  })
})

describe('the committed workflows', () => {
  for (const name of names) {
    test(`${name}.json is what its source makes`, () => {
      assert.deepEqual(read(name), JSON.parse(workflowText(name)))
    })
  }

  test('every credential they name has its template', () => {
    const templates = ['anthropic', 'google-calendar-oauth', 'lead-api', 'openai', 'turn-webhook'].map(
      (file) =>
        JSON.parse(readFileSync(join(folder, `../credentials/${file}.json`), 'utf8')) as {
          id: string
          type: string
        },
    )
    for (const name of names) {
      for (const node of read(name).nodes) {
        for (const [type, { id }] of Object.entries(node.credentials ?? {})) {
          assert.ok(
            templates.some((template) => template.id === id && template.type === type),
            `${node.name}: ${type} ${id}`,
          )
        }
      }
    }
  })

  test('no secret, no Code node, no dead end by accident', () => {
    for (const name of names) {
      const { nodes, connections } = read(name)
      assert.ok(!JSON.stringify(nodes).match(/mock_|Bearer [a-z0-9]{8}/i))
      assert.deepEqual(
        nodes.filter((node) => node.type === 'n8n-nodes-base.code'),
        [],
      )
      const reached = new Set(
        Object.values(connections).flatMap((outputs) =>
          Object.values(outputs)
            .flat(2)
            .map((to) => to?.node),
        ),
      )
      const starts = nodes.filter((node) => /webhook$|[tT]rigger$/.test(node.type)).map((node) => node.name)
      const isPart = (type: string) => /lmChat|outputParser|stickyNote|turnModels|Tool$/.test(type)
      const lost = nodes.filter(
        (node) => !isPart(node.type) && !reached.has(node.name) && !starts.includes(node.name),
      )
      assert.deepEqual(
        lost.map((node) => node.name),
        [],
        name,
      )
    }
  })

  test("requests with Google's credential go to Google, whatever a turn says: only encoded parts of a path come with it", () => {
    const nodes = names
      .flatMap((name) => read(name).nodes)
      .filter((node) => node.credentials?.['googleCalendarOAuth2Api'])
    assert.equal(nodes.length, 15)
    for (const { name, parameters } of nodes) {
      const url = String(parameters['url'])
      assert.ok(/^=?https:\/\/www\.googleapis\.com\/calendar\/v3\//.test(url), `${name}: ${url}`)
      for (const [, expression = ''] of url.matchAll(/\{\{(.*?)\}\}/g))
        assert.match(
          expression,
          /^ (\S.* \? "\/" \+ )?encodeURIComponent\(.+\.(calendarId|eventId)\)( : "")? $/,
          name,
        )
    }
  })

  test('no workflow that only passes on keeps executions, and none keeps its progress', () => {
    const settings = (name: string) => read(name).settings
    assert.equal(settings('lead-intake')['saveDataSuccessExecution'], 'none')
    assert.equal(settings('lead-intake')['saveDataErrorExecution'], 'none')
    assert.equal(settings('calendar-sync')['saveDataSuccessExecution'], 'none')
    for (const name of names) assert.notEqual(settings(name)['saveExecutionProgress'], true, name)
  })

  test('an execution that gave its turn back ends as a failed one', () => {
    const { connections, nodes } = read('lead-processing')
    for (const report of ['Report a failure', 'Report trouble with Google']) {
      const [[next] = []] = connections[report]?.['main']?.map((to) => to ?? []) ?? []
      assert.equal(nodes.find(({ name }) => name === next?.node)?.type, 'n8n-nodes-base.stopAndError', report)
    }
  })

  test('the agent only thinks: its tools are three of ours, which send, book and change nothing', () => {
    const { nodes, connections } = read('lead-processing-agent')
    const tools = nodes.filter(({ name }) => connections[name]?.['ai_tool'])
    assert.deepEqual(
      tools.map(({ type, parameters }) => [type.split('.').at(-1), parameters['operation']]),
      [
        ['calendarHelpersTool', 'agentTimes'],
        ['leadApiTool', 'lookUp'],
        ['leadApiTool', 'journal'],
      ],
    )
    assert.deepEqual(
      tools.flatMap(({ credentials }) => Object.keys(credentials ?? {})),
      ['leadProcessingApi', 'leadProcessingApi'],
    )
    // The offers of a proposal are those that were found, and nothing that the agent says.
    const proposal = String(tools[2]?.parameters['data'])
    const said = [...proposal.matchAll(/\$fromAI\('(\w+)'/g)].map(([, name]) => name)
    assert.deepEqual(said, ['reply', 'action', 'offerId', 'note'])
  })

  test('both workflows carry a decision out in the same way', () => {
    const acting = (name: string) => {
      const { nodes, connections } = read(name)
      const steps = /^(Google: (?!busy)|Act on|Said,|Google answered)/
      return nodes
        .filter((node) => steps.test(node.name))
        .map(({ name: node, parameters }) => ({ node, parameters, to: connections[node] }))
    }
    assert.deepEqual(acting('lead-processing-agent'), acting('lead-processing'))
  })

  test('the intake has no expression: each would cost a hook an isolate of its own', () => {
    assert.ok(!JSON.stringify(read('lead-intake').nodes.map((node) => node.parameters)).includes('={{'))
  })

  test('a note of each says what to do where our nodes are missing', () => {
    for (const name of names) {
      const notes = read(name).nodes.filter((node) => node.type === 'n8n-nodes-base.stickyNote')
      assert.ok(JSON.stringify(notes).includes('Nodes with a question mark'), name)
    }
  })

  test('no two nodes lie on each other', () => {
    for (const name of names) {
      const boxes = read(name).nodes.filter((node) => node.type !== 'n8n-nodes-base.stickyNote')
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const [dx, dy] = [0, 1].map((axis) => Math.abs(one.position[axis]! - other.position[axis]!)) as [
            number,
            number,
          ]
          assert.ok(dx >= 100 || dy >= 100, `${name}: ${one.name} and ${other.name}`)
        }
      }
    }
  })
})
