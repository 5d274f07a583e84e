import { modelCallSchema, turnReportSchema } from '@lead/contract'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { existsSync, readFileSync } from 'node:fs'

const folder = join(import.meta.dirname, '..')
const load = createRequire(import.meta.url)
type Description = { name: string; properties: { name: string }[]; credentials?: { name: string }[] }
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  n8n: { nodes: string[]; credentials: string[] }
}

test('each built node loads as n8n loads it: a class named like its file', () => {
  for (const file of manifest.n8n.nodes) {
    assert.ok(existsSync(join(folder, file)), file)
    const className = file.replace(/^.*\//, '').replace('.node.js', '')
    const module = load(join(folder, file)) as Record<
      string,
      new () => { description: Description; execute?: unknown; webhook?: unknown; supplyData?: unknown }
    >
    const node = new module[className]!()
    assert.equal(node.description.name, className[0]!.toLowerCase() + className.slice(1))
    assert.equal(typeof (node.execute ?? node.webhook ?? node.supplyData), 'function')
    for (const credential of node.description.credentials ?? [])
      assert.equal(credential.name, 'leadProcessingApi')
  }
})

test('calendar-helpers.js works alone, as a CommonJS file', () => {
  const helpers = load(join(folder, 'calendar-helpers.js')) as {
    readTime: (input: object) => { found: unknown[]; ambiguous: boolean }
    findSlots: (input: object) => string[]
  }
  const read = helpers.readTime({
    text: 'завтра в 11',
    reference: '2026-11-20T10:00:00+03:00',
    tz: 'Europe/Moscow',
  })
  assert.deepEqual(read.found, [{ point: '2026-11-21T11:00:00+03:00' }])
  assert.deepEqual(
    helpers.findSlots({
      now: '2026-11-20T00:00:00Z',
      hostTz: 'UTC',
      durationMin: 60,
      ranges: [['2026-11-20T10:00:00Z', '2026-11-20T12:00:00Z']],
    }),
    ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'],
  )
})

test('Calendar Helpers reads wishes and finds times inside a workflow', async () => {
  const { CalendarHelpers } = load(join(folder, 'dist/nodes/CalendarHelpers/CalendarHelpers.node.js')) as {
    CalendarHelpers: new () => { execute: () => Promise<{ json: Record<string, unknown> }[][]> }
  }
  const calendar = {
    now: '2026-11-23T05:00:00Z',
    timeZone: 'Europe/Moscow',
    lang: 'ru',
    withZone: false,
    durationMin: 30,
    stepMin: 30,
    minNoticeMin: 0,
    window: { from: '2026-11-23T05:00:00Z', to: '2026-11-24T00:00:00Z' },
    count: 2,
    sellers: [
      {
        id: 'a',
        timeZone: 'Europe/Moscow',
        workingHours: [{ days: [1], start: '10:00', end: '11:00' }],
        bufferBefore: 0,
        bufferAfter: 0,
      },
    ],
    busy: null,
    offered: [],
    picked: null,
    ownSeller: null,
    meeting: null,
  }
  const kept: { found?: { offers: { id: string }[]; wishFree: boolean | null } } = {}
  const run = async (parameters: Record<string, unknown>) => {
    const context = {
      getInputData: () => [{ json: {} }],
      getNodeParameter: (name: string, _index: number, otherwise: unknown) => parameters[name] ?? otherwise,
      getNode: () => ({ name: 'Calendar Helpers' }),
      continueOnFail: () => parameters['continues'] === true,
      getContext: () => kept,
    }
    const output = await new CalendarHelpers().execute.call(context)
    ways = output.map((items) => items.length)
    return output.flat()[0]!.json
  }
  let ways: number[] = []
  const classification = {
    language: 'ru',
    intent: 'wants_meeting',
    timeQuotes: ['сегодня в 10:30'],
    pickedOfferId: null,
    facts: { need: null, budget: null, timeline: null, authority: null, email: null },
    confidence: 0.9,
  }
  const brief = {
    kind: 'answer',
    language: 'ru',
    now: { iso: calendar.now, text: 'пн, 23 ноября, 08:00', timeZone: calendar.timeZone },
    lead: { name: 'Ирина' },
    history: [],
    newMessages: [],
    meeting: null,
    business: { company: 'Маяк', seller: 'Анна', offer: 'разбор', disclosure: 'я ассистент' },
    knowledge: '',
    facts: {},
    stage: 'contacted',
    card: { title: null, source: null, answers: [], earlier: [] },
    address: 'formal',
    asked: [],
    truth: { asks_if_bot: 'Я программа', asks_source: 'Из заявки' },
    standing: {
      rules: {
        questions: ['need'],
        score: [],
        offerTimes: { score: 1, answers: 2 },
        handOffAt: null,
        closeAt: null,
      },
      answers: 1,
      justOffered: false,
      hasMet: false,
    },
  }
  const wishes = await run({ operation: 'readWishes', calendar, classification })
  assert.equal(wishes['askGoogle'], true)
  const free = await run({
    operation: 'freeTimes',
    calendar: JSON.stringify(calendar),
    classification,
    wishes,
    busy: { a: [] },
    brief,
  })
  assert.equal(free['wishFree'], true)
  assert.match(String(free['prompt']), /"offers":\[\{"id":/)
  assert.match(String(free['prompt']), /"goal":"Agree on a short meeting/)
  assert.doesNotMatch(String(free['prompt']), /standing/)

  // The same for an agent: what it is told, and what stays with the execution, whatever it says was found.
  const given = { calendar, classification, brief, busy: { a: [] } }
  const briefed = await run({ ...given, operation: 'brief' })
  assert.match(String(briefed['prompt']), /"goal":"Agree on a short meeting/)
  assert.doesNotMatch(String(briefed['prompt']), /standing|knowledge/)
  const times = { ...given, operation: 'agentTimes', plan: briefed['plan'] }
  const told = await run(times)
  assert.deepEqual(Object.keys((told['offers'] as object[])[0] ?? {}), ['id', 'label'])
  assert.deepEqual(
    kept.found?.offers.map(({ id }) => id),
    (told['offers'] as { id: string }[]).map(({ id }) => id),
  )
  assert.equal(kept.found?.wishFree, true)
  assert.match(
    String((await run({ ...times, said: 'завтра в 3 ночи' }))['problem']),
    /the lead did not write/,
  )
  assert.deepEqual(kept.found, { offers: [], wishFree: null, notFree: [], wishUnclear: false })
  assert.match(String((await run({ ...times, busy: null }))['problem']), /calendar is not known/)
  const early = await run({ ...times, plan: { ...(briefed['plan'] as object), offer: 'not yet' } })
  assert.deepEqual(early['offers'], [])

  const wrong = { ...calendar, window: { from: 'yesterday', to: null } }
  await assert.rejects(
    run({ operation: 'readWishes', calendar: wrong, classification }),
    /calendar\.window\.from: .*; calendar\.window\.to: /,
  )
  const guess = { operation: 'readWishes', calendar, classification: { ...classification, intent: 'guess' } }
  await assert.rejects(run(guess), /classification\.intent: /)
  // Nothing but `error`: else n8n takes it for a result.
  const failed = await run({ ...guess, continues: true })
  assert.deepEqual(Object.keys(failed), ['error'])
  assert.match(String(failed['error']), /classification\.intent: /)
  assert.deepEqual(ways, [1])

  // What cannot be read has a way out of its own: known, ask Google, not understood.
  for (const [heard, way] of [
    [{ classification, calendar: { ...calendar, busy: { a: [] } } }, [1, 0, 0]],
    [{ classification, calendar }, [0, 1, 0]],
    [guess, [0, 0, 1]],
  ] as const) {
    await run({ operation: 'readWishes', ...heard, branch: true })
    assert.deepEqual(ways, way)
  }
})

test('Ask Models gives the answer that later nodes read, and reports the call as the API takes it', async () => {
  const { AskModels } = load(join(folder, 'dist/nodes/AskModels/AskModels.node.js')) as {
    AskModels: new () => { execute: () => Promise<{ json: Record<string, unknown> }[][]> }
  }
  const answer = { reply: 'Здравствуйте', action: 'talk', offerId: null, note: 'Приветствие' }
  const asked: unknown[] = []
  const model = (name: string, content: string) => ({
    model: name,
    invoke: async (messages: unknown) => {
      asked.push(messages)
      return {
        content,
        response_metadata: { finish_reason: 'stop' },
        usage_metadata: { input_tokens: 900, output_tokens: 90, input_token_details: { cache_read: 300 } },
      }
    },
  })
  const reports: { url: string; body: unknown }[] = []
  const kept: Record<string, string> = {}
  const context = {
    getInputData: () => [{ json: {} }],
    getInputConnectionData: async (type: string) =>
      type === 'ai_languageModel'
        ? [model('claude', JSON.stringify({ output: answer })), model('gpt', 'I think')]
        : {
            getFormatInstructions: () => 'As JSON.',
            parse: async (text: string) => JSON.parse(text) as object,
          },
    getNodeParameter: (name: string, _index: number, otherwise: unknown) =>
      ({
        step: 'sales',
        system: 'You sell.',
        text: '<turn>{}</turn>',
        ask: ['openai', 'anthropic'],
        turn: { id: 7, fencing: 2, kind: 'answer', leadId: 5 },
      })[name] ?? otherwise,
    getNode: () => ({ name: 'AI sales' }),
    getExecutionId: () => '17',
    getWorkflow: () => ({ id: 'a-workflow' }),
    getExecutionCancelSignal: () => undefined,
    customData: { setAll: (data: object) => Object.assign(kept, data), set: () => {} },
    logger: { warn: (text: string) => assert.fail(text) },
    helpers: {
      httpRequestWithAuthentication: async (_name: string, { url, body }: { url: string; body: unknown }) => {
        reports.push({ url, body })
        return url.endsWith('/begin') ? { isOurs } : { taken: true }
      },
    },
  }
  let isOurs = true
  let continues = false
  Object.assign(context, { continueOnFail: () => continues })
  const [[item] = []] = await new AskModels().execute.call(context)
  assert.deepEqual(item?.json['output'], answer)
  assert.deepEqual(item?.json['ask'], ['anthropic', 'openai'])
  assert.equal(asked.length, 2)
  assert.deepEqual(asked[0], [
    ['system', 'As JSON.\n\nYou sell.'],
    ['human', '<turn>{}</turn>'],
  ])
  const schema = turnReportSchema.extend({ call: modelCallSchema })
  const begun = reports.shift()
  assert.equal(begun?.url, '/turns/7/begin')
  const { n8nProcess, workflowId } = turnReportSchema.parse(begun.body)
  assert.ok(n8nProcess)
  assert.equal(workflowId, 'a-workflow')
  const calls = reports.map(({ url, body }) => {
    assert.equal(url, '/turns/7/model-calls')
    return schema.parse(body)
  })
  assert.deepEqual(
    calls.map(({ executionId, call }) => [executionId, call.vendor, call.outcome, call.tokens?.cached]),
    [
      ['17', 'openai', 'unreadable', 300],
      ['17', 'anthropic', 'ok', 300],
    ],
  )
  assert.deepEqual(kept, { lead: '5', turn: '7', kind: 'answer' })

  // Nobody answers: nothing but `error`, else n8n takes it for a result.
  context.getInputConnectionData = async (type: string) =>
    type === 'ai_languageModel'
      ? [model('claude', ''), model('gpt', 'I think')]
      : { getFormatInstructions: () => '', parse: async (text: string) => JSON.parse(text) as object }
  await assert.rejects(new AskModels().execute.call(context), /gpt: unreadable .*; claude: empty/)
  continues = true
  const [[failed] = []] = await new AskModels().execute.call(context)
  assert.deepEqual(Object.keys(failed?.json ?? {}), ['error'])

  // Another execution thinks about the turn: no model is asked, and nothing goes on.
  isOurs = false
  asked.length = 0
  assert.deepEqual(await new AskModels().execute.call(context), [[]])
  assert.deepEqual(asked, [])
})

test('Turn Models: who hung in one step of an agent is asked last in the next', async () => {
  const { TurnModels } = load(join(folder, 'dist/nodes/TurnModels/TurnModels.node.js')) as {
    TurnModels: new () => {
      supplyData: (index: number) => Promise<{
        response: { bindTools: (tools: object[]) => (input: unknown) => Promise<{ tool_calls: unknown[] }> }
      }>
    }
  }
  const asked: string[] = []
  const model = (name: string, answer: () => object) => ({
    model: name,
    bindTools: (tools: object[]) => ({
      invoke: async (input: unknown) => {
        asked.push(`${name} ${String(input)} ${tools.length}`)
        return answer()
      },
    }),
  })
  const call = { content: [], tool_calls: [{ name: 'Find_free_times', args: {}, id: '1' }] }
  const kept: Record<string, string> = {}
  const calls: unknown[] = []
  const context = {
    getInputConnectionData: async () => [
      model('claude', () => call),
      model('gpt', () => {
        throw Object.assign(new Error('busy'), { status: 503 })
      }),
    ],
    getNodeParameter: (name: string, _index: number, otherwise: unknown) =>
      ({ ask: ['openai', 'anthropic'], turn: { id: 7, fencing: 2, kind: 'answer', leadId: 5 } })[name] ??
      otherwise,
    getNode: () => ({ name: 'Models' }),
    getExecutionId: () => '17',
    getWorkflow: () => ({ id: 'a-workflow' }),
    logger: { warn: (text: string) => assert.fail(text) },
    customData: {
      get: (name: string) => kept[name],
      set: (name: string, value: string) => (kept[name] = value),
      setAll: () => {},
    },
    helpers: {
      httpRequestWithAuthentication: async (_name: string, { body }: { body: { call: object } }) => {
        calls.push(turnReportSchema.extend({ call: modelCallSchema }).parse(body).call.outcome)
        return { taken: true }
      },
    },
  }
  // n8n asks for the model anew at each step.
  for (const input of ['first', 'second']) {
    const { response } = await new TurnModels().supplyData.call(context, 0)
    assert.deepEqual(await response.bindTools([{}, {}])(input), call)
  }
  assert.deepEqual(asked, ['gpt first 2', 'claude first 2', 'claude second 2'])
  assert.deepEqual(calls, ['overloaded', 'ok', 'ok'])
})

test('while the API restarts, a report is made again', async () => {
  const { LeadApi } = load(join(folder, 'dist/nodes/LeadApi/LeadApi.node.js')) as {
    LeadApi: new () => { execute: () => Promise<{ json: Record<string, unknown> }[][]> }
  }
  const run = async (errors: object[]) => {
    let asked = 0
    const context = {
      getInputData: () => [{ json: {} }],
      getNodeParameter: (name: string, _index: number, otherwise: unknown) =>
        ({ operation: 'complete', turn: { id: 7, fencing: 2, kind: 'answer', leadId: 5 } })[name] ??
        otherwise,
      getNode: () => ({ name: 'Complete the turn' }),
      getExecutionId: () => '17',
      getWorkflow: () => ({ id: 'a-workflow' }),
      customData: { setAll: () => {}, set: () => {} },
      helpers: {
        httpRequestWithAuthentication: async () => {
          asked += 1
          const error = errors.shift()
          if (error) throw Object.assign(new Error('refused'), error)
          return { done: true }
        },
      },
    }
    const done = await new LeadApi().execute.call(context).then(
      (output) => output[0]?.[0]?.json['done'],
      () => 'failed',
    )
    return { done, asked }
  }
  assert.deepEqual(await run([{ code: 'ECONNREFUSED' }, { httpCode: '503' }]), { done: true, asked: 3 })
  assert.deepEqual(await run([{ httpCode: '404' }]), { done: 'failed', asked: 1 })
})

/** As much of n8n as a node asks for what others before it have put out: by the outputs of each. */
const after_ = (
  nodes: Record<string, { type: string; parameters?: object; outputs?: (object | null)[] }>,
) => ({
  getParentNodes: () =>
    Object.entries(nodes).map(([name, { type, parameters = {} }]) => ({
      name,
      type: `n8n-nodes-lead-processing.${type}`,
      parameters,
    })),
  getWorkflowDataProxy: () => ({
    $: (name: string) => ({
      isExecuted: nodes[name]?.outputs !== undefined,
      first: (output: number) => {
        const outputs = nodes[name]?.outputs ?? []
        if (output >= outputs.length) throw new Error(`Node "${name}" has no branch with index ${output}.`)
        const json = outputs[output]
        return json ? { json } : undefined
      },
    }),
  }),
})

const turnBody = {
  turn: { id: 7, fencing: 2, kind: 'answer', leadId: 5 },
  decided: false,
}

test('Turn Branch says where a turn begins', async () => {
  const { TurnBranch } = load(join(folder, 'dist/nodes/TurnBranch/TurnBranch.node.js')) as {
    TurnBranch: new () => { execute: () => Promise<object[][]> }
  }
  const way = async (body: object) => {
    const outputs = await new TurnBranch().execute.call({ getInputData: () => [{ json: { body } }] })
    return outputs.findIndex((items) => items.length > 0)
  }
  assert.equal(await way({ ...turnBody, decided: true }), 0)
  assert.equal(await way(turnBody), 1)
  assert.equal(await way({ ...turnBody, turn: { ...turnBody.turn, kind: 'first_touch' } }), 2)
})

test('Lead API reports what the nodes before it thought, and goes out by the way of the answer', async () => {
  const { LeadApi } = load(join(folder, 'dist/nodes/LeadApi/LeadApi.node.js')) as {
    LeadApi: new () => {
      description: { outputs: string }
      execute: () => Promise<{ json: Record<string, unknown> }[][]>
    }
  }
  const sales = { reply: 'Здравствуйте', action: 'talk', offerId: null, note: 'Приветствие' }
  const free = { offers: [], wishFree: null, notFree: [], wishUnclear: false, plan: { goal: 'greet' } }
  const nodes = {
    'What is new?': { type: 'turnBranch', outputs: [null, { body: turnBody }, null] },
    // Renamed by a person: what a node is counts.
    'How it is called': {
      type: 'askModels',
      parameters: { step: 'classifier' },
      outputs: [{ output: { intent: 'question' } }, null],
    },
    'AI sales': { type: 'askModels', parameters: { step: 'sales' }, outputs: [{ output: sales }] },
    'Free times': { type: 'calendarHelpers', outputs: [{ ...free, prompt: '<turn>' }] },
  }
  const run = async (operation: string, input: object, answer: object, branch = true) => {
    let reported: Record<string, unknown> = {}
    let url = ''
    const context = {
      ...after_(nodes),
      getInputData: () => [{ json: input }],
      getNodeParameter: (name: string, _index: number, otherwise: unknown) =>
        ({ operation, data: '{}', turn: '', branch })[name] ?? otherwise,
      getNode: () => ({ name: 'Here' }),
      getExecutionId: () => '17',
      getWorkflow: () => ({ id: 'a-workflow' }),
      customData: { setAll: () => {}, set: () => {} },
      helpers: {
        httpRequestWithAuthentication: async (
          _name: string,
          request: { url: string; body: Record<string, unknown> },
        ) => {
          reported = request.body
          url = request.url
          return answer
        },
      },
    }
    const outputs = await new LeadApi().execute.call(context)
    return { reported, url, way: outputs.findIndex((items) => items.length > 0), ways: outputs.length }
  }

  const journaled = await run('journal', { output: sales }, { outcome: 'accepted' })
  assert.equal(journaled.url, '/turns/7/decision')
  const { classification, sales: said, ...rest } = journaled.reported
  assert.deepEqual([classification, said], [{ intent: 'question' }, sales])
  assert.deepEqual({ ...rest, ...free }, rest)
  assert.deepEqual([journaled.way, journaled.ways], [0, 3])
  const again = { outcome: 'again', problem: 'no', busy: null, askGoogle: false }
  assert.equal((await run('journal', { output: sales }, again)).way, 1)
  assert.deepEqual(await run('journal', {}, again, false).then(({ way, ways }) => [way, ways]), [0, 1])

  const unknown = await run('askBusy', {}, { busy: null, ask: true })
  const known = await run('askBusy', {}, { busy: {}, ask: false })
  assert.deepEqual([unknown.way, known.way, known.ways], [0, 1, 2])

  const acted = await run('act', { outcome: 'accepted' }, { next: 'done' })
  assert.equal('answer' in acted.reported, false)
  assert.equal(acted.way, 6)
  const request = { calendarId: 'a@b.c', query: {} }
  const asked = await run('act', { statusCode: 404, body: 'none' }, { next: 'check', request })
  assert.deepEqual(asked.reported['answer'], { status: 404, body: 'none' })
  assert.equal(asked.way, 1)
  const broken = await run('act', { error: { message: 'ECONNRESET' } }, { next: 'stop', reason: 'later' })
  assert.deepEqual(broken.reported['answer'], { status: 0, error: 'ECONNRESET' })
  // Nobody goes on with it.
  assert.equal(broken.way, -1)
  // What the editor shows is as many ways out as there are.
  const shown = new LeadApi().description.outputs.match(/"displayName":"\w+"/g)
  assert.equal(shown?.length, 2 + 3 + 8)
})

test('an AI step reads its turn, its text and whom to ask, and no prompt is counted by n8n', async () => {
  const { AskModels } = load(join(folder, 'dist/nodes/AskModels/AskModels.node.js')) as {
    AskModels: new () => { execute: () => Promise<{ json: Record<string, unknown> }[][]> }
  }
  const body = {
    ...turnBody,
    classifierPrompt: 'label this',
    models: { ask: ['openai', 'anthropic'], doubt: null, salesPrompt: 'The other prompt.' },
  }
  const ask = async (step: string, input: object, classifier: object | null) => {
    const asked: [string, unknown][] = []
    const counted: string[] = []
    const model = (name: string) => ({
      model: name,
      callbacks: [{ estimateTokensFromStringList: async (texts: string[]) => counted.push(...texts) }],
      async invoke(messages: [string, string][]) {
        for (const one of this.callbacks) await one.estimateTokensFromStringList(['a prompt'])
        asked.push([name, messages.map(([, text]) => text)])
        return { content: '{"output":{"a":1}}', response_metadata: { finish_reason: 'stop' } }
      },
    })
    const context = {
      ...after_({
        'What is new?': { type: 'turnBranch', outputs: [null, { body }, null] },
        ...(classifier && {
          'AI classifier': {
            type: 'askModels',
            parameters: { step: 'classifier' },
            outputs: [classifier],
          },
        }),
      }),
      getInputData: () => [{ json: input }],
      getInputConnectionData: async (type: string) =>
        type === 'ai_languageModel'
          ? [model('claude'), model('gpt')]
          : {
              getFormatInstructions: () => 'JSON.',
              parse: async (text: string) => JSON.parse(text) as object,
            },
      getNodeParameter: (name: string, _index: number, otherwise: unknown) =>
        ({ step, system: 'You sell.', text: '', ask: '', doubt: '', variant: '', turn: '' })[name] ??
        otherwise,
      getNode: () => ({ name: 'Here' }),
      getExecutionId: () => '17',
      getWorkflow: () => ({ id: 'a-workflow' }),
      getExecutionCancelSignal: () => undefined,
      continueOnFail: () => false,
      customData: { setAll: () => {}, set: () => {} },
      logger: { warn: (text: string) => assert.fail(text) },
      helpers: {
        httpRequestWithAuthentication: async (_name: string, { url }: { url: string }) =>
          url.endsWith('/begin') ? { isOurs: true } : { taken: true },
      },
    }
    await new AskModels().execute.call(context)
    assert.deepEqual(counted, [])
    return asked
  }
  assert.deepEqual(await ask('classifier', { body }, null), [['gpt', ['JSON.\n\nYou sell.', 'label this']]])
  assert.deepEqual(await ask('sales', { prompt: '<turn>' }, { ask: ['anthropic', 'openai'] }), [
    ['claude', ['JSON.\n\nThe other prompt.', '<turn>']],
  ])
})

test('the credential brings address and token, and what a request says of its own stays', async () => {
  const { LeadProcessingApi } = load(join(folder, 'dist/credentials/LeadProcessingApi.credentials.js')) as {
    LeadProcessingApi: new () => { authenticate: (credentials: object, request: object) => Promise<object> }
  }
  const credentials = { baseUrl: 'http://127.0.0.1:1/', token: 'token' }
  const asked = await new LeadProcessingApi().authenticate(credentials, {
    url: '/ready',
    headers: { a: 'b' },
  })
  assert.deepEqual(asked, {
    url: '/ready',
    baseURL: 'http://127.0.0.1:1',
    headers: { a: 'b', Authorization: 'Bearer token' },
  })
})

test('the tarball has what n8n loads and nothing else, and needs nothing but n8n', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const [packed] = JSON.parse(output) as { files: { path: string }[]; size: number }[]
  const paths = packed?.files.map(({ path }) => path) ?? []
  const allowed = /^(package\.json|README\.md|LICENSE\.md|calendar-helpers\.js|dist\/.+\.(js|json|svg))$/
  assert.deepEqual(
    paths.filter((path) => !allowed.test(path)),
    [],
  )
  for (const needed of ['README.md', 'LICENSE.md', ...manifest.n8n.nodes, ...manifest.n8n.credentials])
    assert.ok(paths.includes(needed), needed)
  assert.ok((packed?.size ?? 0) < 330_000, `${packed?.size} bytes`)

  assert.equal('dependencies' in manifest, false)
  for (const path of paths.filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(join(folder, path), 'utf8')
    for (const [, name = ''] of source.matchAll(/\brequire\("([^"]+)"\)/g))
      assert.ok(
        name === 'n8n-workflow' ||
          name.startsWith('node:') ||
          (name.startsWith('.') && existsSync(join(folder, path, '..', name))),
        `${path}: ${name}`,
      )
  }
  for (const path of paths.filter((name) => /\.node\.js$|credentials\.js$/.test(name)))
    for (const [, icon = ''] of readFileSync(join(folder, path), 'utf8').matchAll(/"file:([^"]+)"/g))
      assert.ok(existsSync(join(folder, path, '..', icon)), `${path}: ${icon}`)
})

test('the test of the credential asks an address of the API that a wrong token does not open', async () => {
  const { LeadProcessingApi } = load(join(folder, 'dist/credentials/LeadProcessingApi.credentials.js')) as {
    LeadProcessingApi: new () => { test: { request: { url: string; method?: string } } }
  }
  const { url, method = 'GET' } = new LeadProcessingApi().test.request
  const routes = readFileSync(join(folder, '../../docs/api.md'), 'utf8')
  assert.ok(routes.includes(`\`${method} ${url.replace('first_touch', ':rehearsal')}\``), url)
})
