import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, beforeEach, test } from 'node:test'
import { journal, startForTest } from '../../simulators/llm/test-world.ts'
import { explainTurn } from '../../api/src/console/explain-turn.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { addInbound, addLead, proposal, rowsOf, runningTurn } from '../../api/src/testing/seed.ts'
import { startTestApp } from '../../api/src/testing/test-app.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { spentToday } from '../../api/src/budgets/spent.ts'
import { countReviews } from '../../api/src/review/count-reviews.ts'

/** A service that answers what a test says. */
let answer: { status: number; content: string } | 'silence' = { status: 200, content: '' }
let asked = 0
let read = ''
const service = createServer((request, response) => {
  read = ''
  request.on('data', (part: Buffer) => (read += part.toString()))
  asked += 1
  if (answer === 'silence') return
  response.writeHead(answer.status, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      choices: [{ message: { content: answer.content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1000, completion_tokens: 20 },
    }),
  )
})
await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
after(() => service.close().closeAllConnections())
const address = service.address()
const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
const app = await startTestApp({
  config: testConfig({ REVIEWER_URL: url, REVIEWER_KEY: 'sk-review' }),
  business: { ...exampleBusiness },
})
const { db } = app
beforeEach(async () => {
  await app.wipe()
  app.business.review = { isOn: true, withinSec: 6 }
  app.business.privacy = { maskForModels: false }
  asked = 0
  await addLead(db, 1, { contact_name: 'Ферапонт' })
})

const says = (content: object | string, status = 200) => {
  answer = { status, content: typeof content === 'string' ? content : JSON.stringify(content) }
}
const calls = () =>
  rowsOf<{ outcome: string; verdict: string | null; cost_usd: string | null; vendor: string }>(
    db,
    `select outcome, verdict, cost_usd, vendor from model_calls where step = 'reviewer' order by id`,
  )
const reply = 'Здравствуйте! Сами виноваты, что теряете заявки. Что вы ищете?'
const decide = async (text = reply) => {
  const lease = await runningTurn(db, 1)
  return { lease, answered: await journalDecision(app, lease, proposal({ reply: text })) }
}

test('a refusal comes back as one of code: with rule and words, twice; then a text of ours goes', async () => {
  says({ verdict: 'refuse', rule: 'tone', quote: 'сами  виноваты', reason: 'it blames them' })
  const { lease, answered } = await decide()
  assert.equal(answered.outcome, 'again')
  assert.equal(answered.problem, 'the reviewer refuses the reply, tone: "сами  виноваты" (it blames them)')
  assert.equal((await journalDecision(app, lease, proposal({ reply }))).outcome, 'again')
  assert.equal((await journalDecision(app, lease, proposal({ reply }))).outcome, 'accepted')
  const trace = (await explainTurn(db, lease.turnId))!
  assert.equal(trace.origin, 'fallback')
  assert.doesNotMatch(trace.reply!, /виноваты/)
  assert.equal(trace.refused.length, 2)
  assert.match(trace.refused[0]!.problem, /tone: "сами {2}виноваты"/)
  assert.deepEqual(
    trace.calls.map(({ step, verdict }) => [step, verdict]),
    Array.from({ length: 3 }, () => ['reviewer', 'tone']),
  )
  const { tokens, usd } = await spentToday(db, 'Europe/Moscow')
  assert.equal(tokens, 3 * 1020)
  assert.ok(usd > 0)
  const [counted] = await countReviews(db)
  assert.deepEqual([counted!.verdict, counted!.count], ['tone', 3])
})

test('what it lets pass goes; what code refuses it never sees, and cannot let pass', async () => {
  says({ verdict: 'pass', rule: null, quote: null, reason: null })
  assert.equal((await decide()).answered.outcome, 'accepted')
  assert.deepEqual(
    (await calls()).map(({ verdict }) => verdict),
    ['pass'],
  )
  assert.equal(asked, 1)
  await app.wipe()
  await addLead(db, 1)
  const { answered } = await decide('Смотрите https://evil.example/pay')
  assert.equal(answered.outcome, 'again')
  assert.equal(asked, 1)
})

const useless: [name: string, answer: object | string, status: number, outcome: string][] = [
  ['garbage', 'Sure! I would let it pass.', 200, 'unreadable'],
  ['a rule that is none', { verdict: 'refuse', rule: 'style', quote: 'Здравствуйте' }, 200, 'unreadable'],
  [
    'words that are not in the reply',
    { verdict: 'refuse', rule: 'price', quote: '5000 ₽' },
    200,
    'unreadable',
  ],
  ['an error', {}, 500, 'overloaded'],
  ['a wrong key', {}, 401, 'denied'],
]
for (const [name, content, status, outcome] of useless) {
  test(`${name} holds nothing up and is counted`, async () => {
    says(content, status)
    assert.equal((await decide()).answered.outcome, 'accepted')
    assert.deepEqual(
      (await calls()).map((call) => [call.outcome, call.verdict]),
      [[outcome, null]],
    )
  })
}

test('a silent one is waited for so long and no longer; after two failures nobody waits', async () => {
  answer = 'silence'
  app.business.review = { isOn: true, withinSec: 0.1 }
  for (const id of [1, 2, 3]) {
    if (id > 1) await addLead(db, id)
    const lease = await runningTurn(db, id)
    assert.equal((await journalDecision(app, lease, proposal({ reply }))).outcome, 'accepted')
  }
  assert.deepEqual(
    (await calls()).map((call) => call.outcome),
    ['timeout', 'timeout'],
  )
  assert.equal(asked, 2)
})

test('turned off in business.yaml, nobody is asked', async () => {
  app.business.review = { isOn: false, withinSec: 6 }
  assert.equal((await decide()).answered.outcome, 'accepted')
  assert.equal(asked, 0)
})

test('with the simulator: it refuses what code lets pass, and reads no personal words where they are masked', async (t) => {
  const model = await startForTest(t)
  app.business.privacy = { maskForModels: true }
  const real = app.config
  t.after(() => void (app.config = real))
  app.config = testConfig({ REVIEWER_KEY: 'mock_review', SIM_LLM_PORT: new URL(model.url).port })
  await addInbound(db, 1, 'Это Ферапонт, мой телефон 8 916 111-22-33')
  const { answered } = await decide('Ферапонт, звоню на 8 916 111-22-33? Глупый вопрос, но что вы ищете?')
  assert.equal(answered.outcome, 'again', JSON.stringify(answered))
  assert.match(answered.problem!, /tone: "Глупый вопрос"/)
  assert.equal((await calls())[0]!.verdict, 'tone')
  const requests = JSON.stringify(await journal(model))
  assert.match(requests, /\[name-1\]/)
  for (const word of ['Ферапонт', '916']) assert.ok(!requests.includes(word), word)
})

test('masked, its own reply is read with placeholders; else as it is', async () => {
  says({ verdict: 'pass' })
  await decide('Ферапонт, что вы ищете?')
  assert.match(read, /Ферапонт/)
  app.business.privacy = { maskForModels: true }
  await addLead(db, 2, { contact_name: 'Ферапонт' })
  const lease = await runningTurn(db, 2)
  await journalDecision(app, lease, proposal({ reply: 'Ферапонт, что вы ищете?' }))
  assert.doesNotMatch(read, /Ферапонт/)
  assert.match(read, /\[name-1\], что вы ищете/)
})
